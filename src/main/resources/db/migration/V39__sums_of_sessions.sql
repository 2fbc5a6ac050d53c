-- Sessions added up by the UTC day of their start, by card, and altogether (module sessions), so that neither charts nor
-- pages nor metrics count all of them.

-- A change of a session adds a row here, so writers never wait for each other. A job takes the rows away and adds them to
-- the sums; until then a sum is what is kept plus what is here.
create table session_changes (
    id         bigint generated always as identity primary key,
    day        date           not null,
    ev_card_id bigint,
    sessions   bigint         not null,
    energy_wh  numeric(20, 3) not null
);

create table session_days (
    day       date           primary key,
    sessions  bigint         not null,
    energy_wh numeric(20, 3) not null
);

create table card_sessions (
    ev_card_id bigint         primary key references ev_cards,
    sessions   bigint         not null,
    energy_wh  numeric(20, 3) not null
);

create table session_count (
    only_row boolean primary key default true check (only_row),
    sessions bigint  not null
);

-- A node of an older version may still write.
lock table transaction_sync_state in share row exclusive mode;

insert into session_days (day, sessions, energy_wh)
select utc_day(started_at), count(*), sum(energy_wh) from transaction_sync_state group by 1;

insert into card_sessions (ev_card_id, sessions, energy_wh)
select ev_card_id, count(*), sum(energy_wh) from transaction_sync_state where ev_card_id is not null group by 1;

insert into session_count (sessions) select count(*) from transaction_sync_state;

create function session_came() returns trigger language plpgsql as $$
begin
    insert into session_changes (day, ev_card_id, sessions, energy_wh)
    values (utc_day(new.started_at), new.ev_card_id, 1, new.energy_wh);
    return null;
end
$$;

create function session_changed_sums() returns trigger language plpgsql as $$
begin
    insert into session_changes (day, ev_card_id, sessions, energy_wh)
    select c.day, c.ev_card_id, sum(c.sessions), sum(c.energy_wh)
      from (values (utc_day(old.started_at), old.ev_card_id, -1, -old.energy_wh),
                   (utc_day(new.started_at), new.ev_card_id, 1, new.energy_wh)) c (day, ev_card_id, sessions, energy_wh)
     group by c.day, c.ev_card_id
    having sum(c.sessions) <> 0 or sum(c.energy_wh) <> 0;
    return null;
end
$$;

create function session_went() returns trigger language plpgsql as $$
begin
    insert into session_changes (day, ev_card_id, sessions, energy_wh)
    values (utc_day(old.started_at), old.ev_card_id, -1, -old.energy_wh);
    return null;
end
$$;

create trigger sessions_that_come_add_up
    after insert on transaction_sync_state
    for each row execute function session_came();

create trigger sessions_that_change_add_up
    after update of started_at, energy_wh, ev_card_id on transaction_sync_state
    for each row when ((old.started_at, old.energy_wh, old.ev_card_id)
        is distinct from (new.started_at, new.energy_wh, new.ev_card_id))
    execute function session_changed_sums();

create trigger sessions_that_go_add_up
    after delete on transaction_sync_state
    for each row execute function session_went();
