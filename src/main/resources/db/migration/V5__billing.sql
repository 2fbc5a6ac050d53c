-- Plans, subscriptions, and what is needed to price an event at its place in a billing period (module billing).

-- Every saved plan is a version of its own and never changes.
create table plans (
    id                bigint generated always as identity primary key,
    code              text           not null check (length(btrim(code)) between 1 and 255),
    version           integer        not null check (version >= 1),
    name              text           not null check (length(btrim(name)) between 1 and 255),
    billing_interval  text           not null
        check (billing_interval in ('weekly', 'monthly', 'quarterly', 'semiannual', 'yearly')),
    currency          char(3)        not null,
    fee               numeric(20, 6) not null check (fee >= 0),
    pay_in_advance    boolean        not null,
    -- In percent.
    vat_rate          numeric(7, 4)  not null check (vat_rate between 0 and 100),
    -- Lago's charges, as they were given.
    charges           jsonb          not null,
    -- What changes the price and is not computed here; not empty = the price of its energy is unknown.
    unsupported       text[]         not null default '{}',
    created_at        timestamptz    not null,
    unique (code, version)
);

create trigger plans_never_change
    before update or delete on plans
    for each row execute function refuse_change();

create table subscriptions (
    id           bigint generated always as identity primary key,
    driver_id    bigint      not null references accounts,
    plan_id      bigint      not null references plans,
    started_at   timestamptz not null,
    ended_at     timestamptz constraint subscriptions_end_after_they_start check (ended_at > started_at),
    billing_time text        not null check (billing_time in ('calendar', 'anniversary')),
    time_zone    text        not null,
    created_at   timestamptz not null,
    constraint subscriptions_one_at_a_time exclude using gist
        (int8range(driver_id, driver_id, '[]') with &&, tstzrange(started_at, ended_at) with &&)
);

create index subscriptions_driver on subscriptions (driver_id, started_at);
create index subscriptions_plan on subscriptions (plan_id);

-- An operator said that a session's implausible energy, up to this event, was really delivered.
create table confirmed_energy (
    steve_transaction_id bigint primary key references transaction_sync_state,
    up_to_position       integer     not null,
    confirmed_by         bigint      not null references accounts,
    confirmed_at         timestamptz not null
);

-- Where sealed events stand in their billing period, for ever.
create table sealed_events (
    steve_transaction_id bigint         not null,
    position             integer        not null,
    subscription_id      bigint         not null references subscriptions,
    period_from          timestamptz    not null,
    before_kwh           numeric(14, 6) not null,
    primary key (steve_transaction_id, position),
    foreign key (steve_transaction_id, position) references synced_transaction_events (steve_transaction_id, position)
);

create trigger sealed_events_stay_where_they_are
    before update or delete on sealed_events
    for each row execute function refuse_change();

-- The energy of all sealed events of a billing period: every other event of the period ranks behind it.
create table sealed_usage (
    subscription_id bigint         not null references subscriptions,
    period_from     timestamptz    not null,
    kwh             numeric(14, 6) not null,
    primary key (subscription_id, period_from)
);

-- What sessions cost, kept until something that counts changes; can be emptied at any time.
create table session_price (
    steve_transaction_id bigint primary key references transaction_sync_state,
    driver_id            bigint      not null,
    -- The latest instant of its events: only what is measured up to then can change the price.
    until                timestamptz not null,
    amount               numeric     not null,
    currency             char(3)     not null,
    coverage             text        not null check (coverage in ('INCLUDED', 'BILLED')),
    estimate             boolean     not null,
    lines                jsonb       not null
);

create index session_price_driver on session_price (driver_id, until);

-- Raised in the transaction of every change to what a driver's sessions cost, and held until it ends.
create table billing_versions (
    driver_id bigint primary key references accounts,
    version   bigint not null
);

-- A driver's unsealed energy by the UTC day of the reading, without displaced events.
create table driver_energy_days (
    driver_id bigint         not null references accounts,
    day       date           not null,
    kwh       numeric(14, 6) not null,
    primary key (driver_id, day)
);

create function utc_day(at timestamptz) returns date immutable language sql
return (at at time zone 'UTC')::date;

create function is_correction(kwh_delta numeric, flags text[]) returns boolean immutable language sql
return kwh_delta < 0 or flags && array['correction', 'reset_correction'];

-- driver_id repeats the session's owner. The billing period of billed_at counts: the instant of the reading or, for a
-- correction, of the event it corrects, which is the last one before it that delivered energy. Where the two differ the
-- event is displaced. Both are kept by triggers.
alter table synced_transaction_events
    add column driver_id bigint references accounts,
    add column billed_at timestamptz;

create function billed_instant(session bigint, place integer, measured timestamptz, kwh numeric, flagged text[])
    returns timestamptz stable language sql as $$
    select case when is_correction(kwh, flagged) then
        coalesce((select e.measured_at
                    from synced_transaction_events e
                   where e.steve_transaction_id = session and e.position < place
                     and e.kwh_delta > 0 and not is_correction(e.kwh_delta, e.flags)
                   order by e.position desc
                   limit 1), measured)
        else measured end
$$;

update synced_transaction_events e
   set driver_id = s.driver_id,
       billed_at = billed_instant(e.steve_transaction_id, e.position, e.measured_at, e.kwh_delta, e.flags)
  from transaction_sync_state s
 where s.steve_transaction_id = e.steve_transaction_id;

alter table synced_transaction_events alter column billed_at set not null;

create index synced_transaction_events_billing
    on synced_transaction_events (driver_id, measured_at, steve_transaction_id, position) include (kwh_delta)
    where sealed_at is null and billed_at = measured_at;

create index synced_transaction_events_displaced
    on synced_transaction_events (driver_id, billed_at)
    where sealed_at is null and billed_at <> measured_at;

create index synced_transaction_events_corrections
    on synced_transaction_events (steve_transaction_id)
    where is_correction(kwh_delta, flags);

insert into driver_energy_days (driver_id, day, kwh)
select driver_id, utc_day(measured_at), sum(kwh_delta)
  from synced_transaction_events
 where driver_id is not null and sealed_at is null and billed_at = measured_at
 group by 1, 2;

create function bill_event() returns trigger language plpgsql as $$
begin
    new.driver_id := (select s.driver_id from transaction_sync_state s
                       where s.steve_transaction_id = new.steve_transaction_id);
    new.billed_at := billed_instant(new.steve_transaction_id, new.position, new.measured_at, new.kwh_delta, new.flags);
    return new;
end
$$;

create trigger events_are_billed
    before insert or update of steve_transaction_id, position, measured_at, kwh_delta, flags, driver_id
    on synced_transaction_events
    for each row execute function bill_event();

-- What a statement changed of one event: energy of a day, and from when on prices are different.
create type energy_change as (driver_id bigint, day date, kwh numeric, since timestamptz);

create function energy_change_of(driver bigint, measured timestamptz, billed timestamptz, sealed timestamptz,
        kwh numeric, since timestamptz)
    returns energy_change immutable language sql
return row(driver, utc_day(measured), case when sealed is null and billed = measured then kwh else 0 end,
           since)::energy_change;

create function forget_prices(driver bigint, since timestamptz) returns void language sql as $$
    insert into billing_versions as v (driver_id, version) values (driver, 1)
    on conflict (driver_id) do update set version = v.version + 1;
    delete from session_price p where p.driver_id = driver and p.until >= since;
$$;

-- Drivers in ascending order, so that two transactions never wait for each other.
create function apply_energy_changes(changes energy_change[]) returns void language plpgsql as $$
declare
    driver record;
begin
    for driver in
        select c.driver_id as id, min(c.since) as since
          from unnest(changes) c
         where c.driver_id is not null
         group by c.driver_id
         order by c.driver_id
    loop
        perform forget_prices(driver.id, driver.since);
    end loop;
    insert into driver_energy_days as d (driver_id, day, kwh)
    select c.driver_id, c.day, sum(c.kwh)
      from unnest(changes) c
     where c.driver_id is not null
     group by c.driver_id, c.day
    having sum(c.kwh) <> 0
     order by c.driver_id, c.day
    on conflict (driver_id, day) do update set kwh = d.kwh + excluded.kwh;
end
$$;

-- A correction goes with the event it corrects, also when that one changes after it.
create function bill_corrections(sessions bigint[]) returns void language sql as $$
    update synced_transaction_events c
       set billed_at = b.at
      from (select e.id, billed_instant(e.steve_transaction_id, e.position, e.measured_at, e.kwh_delta, e.flags) as at
              from synced_transaction_events e
             where e.steve_transaction_id = any(sessions) and is_correction(e.kwh_delta, e.flags)
               and e.sealed_at is null) b
     where c.id = b.id and c.billed_at <> b.at;
$$;

create function events_were_inserted() returns trigger language plpgsql as $$
begin
    if exists (select from new_rows) then
        perform apply_energy_changes(array_agg(energy_change_of(
                    driver_id, measured_at, billed_at, sealed_at, kwh_delta, measured_at)))
           from new_rows;
        perform bill_corrections(array_agg(distinct steve_transaction_id)) from new_rows;
    end if;
    return null;
end
$$;

create function events_were_deleted() returns trigger language plpgsql as $$
begin
    if exists (select from old_rows) then
        perform apply_energy_changes(array_agg(energy_change_of(
                    driver_id, measured_at, billed_at, sealed_at, -kwh_delta, measured_at)))
           from old_rows;
        perform bill_corrections(array_agg(distinct steve_transaction_id)) from old_rows;
    end if;
    return null;
end
$$;

-- Sealing gives a period's events another order: no price that was kept holds then.
create function events_were_updated() returns trigger language plpgsql as $$
declare
    sealing boolean;
begin
    if exists (select from new_rows) then
        sealing := exists (select from new_rows where sealed_at is not null);
        perform apply_energy_changes(array_agg(energy_change_of(
                    driver_id, measured_at, billed_at, sealed_at, kwh,
                    case when sealing then '-infinity' else measured_at end)))
           from (select driver_id, measured_at, billed_at, sealed_at, -kwh_delta as kwh from old_rows
                 union all
                 select driver_id, measured_at, billed_at, sealed_at, kwh_delta from new_rows) c;
        if not sealing then
            perform bill_corrections(array_agg(distinct steve_transaction_id)) from new_rows;
        end if;
    end if;
    return null;
end
$$;

create trigger inserted_events_count
    after insert on synced_transaction_events referencing new table as new_rows
    for each statement execute function events_were_inserted();

create trigger updated_events_count
    after update on synced_transaction_events referencing old table as old_rows new table as new_rows
    for each statement execute function events_were_updated();

create trigger deleted_events_count
    after delete on synced_transaction_events referencing old table as old_rows
    for each statement execute function events_were_deleted();

create function events_change_their_owner() returns trigger language plpgsql as $$
begin
    update synced_transaction_events set driver_id = new.driver_id
     where steve_transaction_id = new.steve_transaction_id and driver_id is distinct from new.driver_id;
    return null;
end
$$;

create trigger events_follow_their_session
    after update of driver_id on transaction_sync_state
    for each row when (old.driver_id is distinct from new.driver_id)
    execute function events_change_their_owner();

create function subscription_changed() returns trigger language plpgsql as $$
begin
    if tg_op <> 'INSERT' then
        perform forget_prices(old.driver_id, '-infinity');
    end if;
    if tg_op <> 'DELETE' then
        perform forget_prices(new.driver_id, '-infinity');
    end if;
    return null;
end
$$;

create trigger subscriptions_price_sessions
    after insert or update or delete on subscriptions
    for each row execute function subscription_changed();
