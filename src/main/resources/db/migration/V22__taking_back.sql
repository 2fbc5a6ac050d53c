-- Negative energy takes back the latest positive events of its own session first (module billing).
--
-- counted_kwh is what counts of an event in its period and tier: its energy less what later events of its session take
-- back. A sealed event keeps what it counted for; what is taken back of it is in taken_back. Both are kept by triggers.
-- billed_at differs from measured_at only in events that were sealed when corrections were billed with what they correct.

alter table synced_transaction_events add column counted_kwh numeric(14, 6);

alter table synced_transaction_events disable trigger user;

update synced_transaction_events
   set counted_kwh = kwh_delta, billed_at = case when sealed_at is null then measured_at else billed_at end;

alter table synced_transaction_events alter column counted_kwh set not null;

-- The energy of sealed events that was taken back afterwards; its price comes back as an adjustment.
create table taken_back (
    id                   bigint generated always as identity primary key,
    steve_transaction_id bigint         not null,
    position             integer        not null,
    -- The period of the event, as in sealed_events.
    subscription_id      bigint         not null references subscriptions,
    period_from          timestamptz    not null,
    kwh                  numeric(14, 6) not null check (kwh > 0),
    -- When the event that takes it back was learnt.
    learnt_at            timestamptz    not null,
    -- When an invoice gave its price back; null = not yet.
    given_back_at        timestamptz,
    foreign key (steve_transaction_id, position) references sealed_events (steve_transaction_id, position)
);

create unique index taken_back_once_at_a_time on taken_back (steve_transaction_id, position)
    where given_back_at is null;
create index taken_back_event on taken_back (steve_transaction_id, position);
create index taken_back_period on taken_back (subscription_id, period_from);

create trigger what_was_given_back_never_changes
    before update or delete on taken_back
    for each row when (old.given_back_at is not null) execute function refuse_change();

-- What the sealed events of the period owe beside the plan's price of kwh: parts came back at a price of their own.
alter table sealed_usage add column beside numeric not null default 0;

drop index synced_transaction_events_billing;
drop index synced_transaction_events_displaced;
drop index synced_transaction_events_corrections;
drop index synced_transaction_events_usage;

create index synced_transaction_events_billing
    on synced_transaction_events (driver_id, measured_at, steve_transaction_id, position) include (counted_kwh)
    where sealed_at is null;
create index synced_transaction_events_usage
    on synced_transaction_events (driver_id, billed_at) include (counted_kwh);
create index synced_transaction_events_taken_back
    on synced_transaction_events (steve_transaction_id)
    where counted_kwh <> kwh_delta;

drop trigger events_are_billed on synced_transaction_events;

create or replace function bill_event() returns trigger language plpgsql as $$
begin
    new.driver_id := (select s.driver_id from transaction_sync_state s
                       where s.steve_transaction_id = new.steve_transaction_id and not does_not_count(s.dispute));
    new.billed_at := new.measured_at;
    if tg_op = 'INSERT' or new.kwh_delta <> old.kwh_delta then
        new.counted_kwh := greatest(new.kwh_delta, 0);
    end if;
    return new;
end
$$;

create trigger events_are_billed
    before insert or update of steve_transaction_id, measured_at, kwh_delta, driver_id
    on synced_transaction_events
    for each row execute function bill_event();

create function keep_taken_back(session bigint, places integer[], energies numeric[], learnt timestamptz[])
    returns void language plpgsql as $$
declare
    changed record;
begin
    for changed in
        with wanted as (
            select w.position, w.kwh, w.learnt_at from unnest(places, energies, learnt) w (position, kwh, learnt_at)),
        obsolete as (
            delete from taken_back t
             where t.steve_transaction_id = session and t.given_back_at is null
               and not exists (select from wanted w where w.position = t.position)
            returning t.subscription_id, t.period_from),
        kept as (
            insert into taken_back as t (steve_transaction_id, position, subscription_id, period_from, kwh, learnt_at)
            select session, w.position, x.subscription_id, x.period_from, w.kwh, w.learnt_at
              from wanted w
              join sealed_events x on x.steve_transaction_id = session and x.position = w.position
            on conflict (steve_transaction_id, position) where given_back_at is null do update
               set kwh = excluded.kwh, learnt_at = excluded.learnt_at
             where t.kwh <> excluded.kwh
            returning t.subscription_id, t.period_from)
        select u.driver_id, min(c.period_from) as since
          from (select * from obsolete union all select * from kept) c
          join subscriptions u on u.id = c.subscription_id
         group by u.driver_id
         order by u.driver_id
    loop
        perform forget_prices(changed.driver_id, changed.since);
    end loop;
end
$$;

-- Works out what counts of a session's unsealed events, and what is taken back of its sealed ones.
create function count_energy(session bigint) returns void language plpgsql as $$
declare
    event     record;
    -- What sealed events took back more of others that are not sealed, or count less than their energy.
    settled   numeric;
    credit    numeric;
    owed      numeric;
    -- What was taken back and found nothing yet.
    debt      numeric := 0;
    need      numeric;
    part      numeric;
    positions integer[] := '{}';
    remaining numeric[] := '{}';
    is_open   boolean[] := '{}';
    stack     integer[] := '{}';
    depth     integer := 0;
    place     integer := 0;
    last_open integer;
    source    integer;
    taken     numeric[] := '{}';
    learnt    timestamptz[] := '{}';
begin
    if (select does_not_count(s.dispute) from transaction_sync_state s where s.steve_transaction_id = session) then
        perform keep_taken_back(session, '{}', '{}', '{}');
        return;
    end if;
    settled := coalesce((select sum(e.kwh_delta - e.counted_kwh) from synced_transaction_events e
                          where e.steve_transaction_id = session and e.sealed_at is not null), 0)
             + coalesce((select sum(t.kwh) from taken_back t
                          where t.steve_transaction_id = session and t.given_back_at is not null), 0);
    credit := greatest(settled, 0);
    owed := greatest(-settled, 0);
    for event in
        select e.position, e.kwh_delta, e.sealed_at is null as is_open, e.synced_at,
               e.counted_kwh - coalesce((select sum(t.kwh) from taken_back t
                                          where t.steve_transaction_id = session and t.position = e.position
                                            and t.given_back_at is not null), 0) as left_of_it,
               e.position = max(e.position) over () as is_last
          from synced_transaction_events e
         where e.steve_transaction_id = session
         order by e.position
    loop
        place := place + 1;
        need := 0;
        if not event.is_open then
            part := event.left_of_it;
        elsif event.kwh_delta > 0 then
            part := event.kwh_delta - least(debt, event.kwh_delta);
            debt := debt - (event.kwh_delta - part);
        else
            part := 0;
            need := -event.kwh_delta - least(credit, -event.kwh_delta);
            credit := credit - (-event.kwh_delta - need);
        end if;
        positions[place] := event.position;
        remaining[place] := part;
        is_open[place] := event.is_open;
        taken[place] := 0;
        learnt[place] := null;
        if event.is_open then
            last_open := place;
        end if;
        if part > 0 then
            depth := depth + 1;
            stack[depth] := place;
        end if;
        if event.is_last then
            need := need + owed;
        end if;
        while need > 0 and depth > 0 loop
            source := stack[depth];
            part := least(need, remaining[source]);
            remaining[source] := remaining[source] - part;
            need := need - part;
            if not is_open[source] then
                taken[source] := taken[source] + part;
                learnt[source] := least(learnt[source], event.synced_at);
            end if;
            if remaining[source] = 0 then
                depth := depth - 1;
            end if;
        end loop;
        debt := debt + need;
    end loop;
    if credit > 0 and last_open is not null then
        remaining[last_open] := remaining[last_open] + credit;
    end if;
    update synced_transaction_events e
       set counted_kwh = c.kwh
      from unnest(positions, remaining, is_open) c (position, kwh, is_open)
     where e.steve_transaction_id = session and e.position = c.position and c.is_open and e.sealed_at is null
       and e.counted_kwh <> c.kwh;
    select array_agg(c.position), array_agg(c.kwh), array_agg(c.learnt_at) into positions, taken, learnt
      from unnest(positions, taken, learnt) c (position, kwh, learnt_at)
     where c.kwh > 0;
    perform keep_taken_back(session, positions, taken, learnt);
end
$$;

create function count_again(sessions bigint[]) returns void language plpgsql as $$
declare
    session bigint;
begin
    for session in
        select distinct s.id from unnest(sessions) s (id)
         where exists (select from synced_transaction_events e
                        where e.steve_transaction_id = s.id and e.counted_kwh <> e.kwh_delta)
            or exists (select from taken_back t where t.steve_transaction_id = s.id)
         order by s.id
    loop
        perform count_energy(session);
    end loop;
end
$$;

create function energy_change_of(driver bigint, measured timestamptz, sealed timestamptz, kwh numeric,
        since timestamptz)
    returns energy_change immutable language sql
return row(driver, utc_day(measured), case when sealed is null then kwh else 0 end, since)::energy_change;

create or replace function events_were_inserted() returns trigger language plpgsql as $$
begin
    if exists (select from new_rows) then
        perform apply_energy_changes(array_agg(energy_change_of(
                    driver_id, measured_at, sealed_at, counted_kwh, measured_at)))
           from new_rows;
        perform count_again(array_agg(distinct steve_transaction_id)) from new_rows;
    end if;
    return null;
end
$$;

create or replace function events_were_deleted() returns trigger language plpgsql as $$
begin
    if exists (select from old_rows) then
        perform apply_energy_changes(array_agg(energy_change_of(
                    driver_id, measured_at, sealed_at, -counted_kwh, measured_at)))
           from old_rows;
        perform count_again(array_agg(distinct steve_transaction_id)) from old_rows;
    end if;
    return null;
end
$$;

create or replace function events_were_updated() returns trigger language plpgsql as $$
declare
    sealing boolean;
begin
    if exists (select from new_rows) then
        sealing := exists (select from new_rows where sealed_at is not null);
        perform apply_energy_changes(array_agg(energy_change_of(
                    driver_id, measured_at, sealed_at, kwh,
                    case when sealing then '-infinity' else measured_at end)))
           from (select driver_id, measured_at, sealed_at, -counted_kwh as kwh from old_rows
                 union all
                 select driver_id, measured_at, sealed_at, counted_kwh from new_rows) c;
        if not sealing then
            perform count_again(array(
                select distinct c.steve_transaction_id
                  from (select id, steve_transaction_id, kwh_delta from new_rows
                        except
                        select id, steve_transaction_id, kwh_delta from old_rows) c));
        end if;
    end if;
    return null;
end
$$;

create or replace function events_follow_their_session() returns trigger language plpgsql as $$
declare
    counted bigint := case when does_not_count(new.dispute) then null else new.driver_id end;
begin
    update synced_transaction_events
       set driver_id = case when sealed_at is null then counted else new.driver_id end
     where steve_transaction_id = new.steve_transaction_id
       and driver_id is distinct from case when sealed_at is null then counted else new.driver_id end;
    if does_not_count(new.dispute) <> does_not_count(old.dispute) then
        perform count_again(array[new.steve_transaction_id]);
        if new.driver_id is not null then
            perform forget_prices(new.driver_id, 'infinity');
            delete from session_price where steve_transaction_id = new.steve_transaction_id;
        end if;
    end if;
    return null;
end
$$;

drop function bill_corrections(bigint[]);
drop function billed_instant(bigint, integer, timestamptz, numeric, text[]);
drop function is_correction(numeric, text[]);
drop function energy_change_of(bigint, timestamptz, timestamptz, timestamptz, numeric, timestamptz);

select count_energy(s.id)
  from (select distinct steve_transaction_id as id from synced_transaction_events
         where sealed_at is null and kwh_delta < 0) s;

delete from driver_energy_days;
insert into driver_energy_days (driver_id, day, kwh)
select driver_id, utc_day(measured_at), sum(counted_kwh)
  from synced_transaction_events
 where driver_id is not null and sealed_at is null
 group by 1, 2;

alter table synced_transaction_events enable trigger user;

delete from session_price;
update billing_versions set version = version + 1;
