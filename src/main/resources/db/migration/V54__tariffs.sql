-- What prices depend on (module billing): time bands, holidays and charger groups.

-- Rises with each change of the tables below, so that nodes notice that what they keep in memory is out of date. A
-- writer updates it first, so that changes happen one after the other.
create table tariff_version (
    one     boolean primary key default true check (one),
    version bigint  not null
);
insert into tariff_version (version) values (0);

-- A version holds from its instant on; the first one also before.
create table time_bands (
    code     text        not null check (code ~ '^[a-z0-9][a-z0-9_-]{0,62}$'),
    version  integer     not null check (version >= 1),
    name     text        not null check (length(name) between 1 and 100),
    -- [{"days": ["mon", …, "holiday"], "from": "22:00", "to": "06:00"}]
    rules    jsonb       not null check (jsonb_typeof(rules) = 'array' and rules <> '[]'),
    saved_at timestamptz not null,
    primary key (code, version),
    unique (code, saved_at)
);

create trigger time_bands_never_change
    before update or delete on time_bands
    for each row execute function refuse_change();
create trigger time_bands_are_not_truncated
    before truncate on time_bands
    for each statement execute function refuse_change();

-- A holiday that was removed or renamed stays, so that energy is priced as it was when it was invoiced.
create table holidays (
    id          bigint      generated always as identity primary key,
    day         date        not null,
    name        text        not null check (length(name) <= 100),
    recorded_at timestamptz not null,
    removed_at  timestamptz constraint holidays_are_removed_after_they_came check (removed_at >= recorded_at)
);
create unique index holidays_once_a_day on holidays (day) where removed_at is null;

create function holidays_are_only_removed() returns trigger language plpgsql as $$
begin
    if tg_op <> 'UPDATE' or old.removed_at is not null
       or (old.id, old.day, old.name, old.recorded_at) is distinct from (new.id, new.day, new.name, new.recorded_at) then
        raise exception 'A holiday never changes: remove it, and add another';
    end if;
    return new;
end
$$;
create trigger holidays_are_only_removed
    before update or delete on holidays
    for each row execute function holidays_are_only_removed();
create trigger holidays_are_not_truncated
    before truncate on holidays
    for each statement execute function refuse_change();

create table charger_groups (
    code       text        primary key check (code ~ '^[a-z0-9][a-z0-9_-]{0,62}$'),
    name       text        not null check (length(name) between 1 and 100),
    created_at timestamptz not null
);

create table charger_group_members (
    id            bigint      generated always as identity primary key,
    group_code    text        not null references charger_groups,
    charge_box_id text        not null,
    -- Absent: since ever, for the first members of a group.
    from_at       timestamptz,
    until_at      timestamptz,
    constraint charger_group_members_end_after_they_begin check (until_at > from_at)
);
create unique index charger_group_members_once on charger_group_members (group_code, lower(charge_box_id))
    where until_at is null;

create function charger_group_members_only_leave() returns trigger language plpgsql as $$
begin
    if tg_op <> 'UPDATE' or old.until_at is not null
       or (old.id, old.group_code, old.charge_box_id, old.from_at)
          is distinct from (new.id, new.group_code, new.charge_box_id, new.from_at) then
        raise exception 'A membership in a charger group never changes but for its end';
    end if;
    return new;
end
$$;
create trigger charger_group_members_only_leave
    before update or delete on charger_group_members
    for each row execute function charger_group_members_only_leave();
create trigger charger_group_members_are_not_truncated
    before truncate on charger_group_members
    for each statement execute function refuse_change();
