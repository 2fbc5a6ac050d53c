-- Locks are taken in one order, which docs/architecture.md names (modules sessions and billing).

-- Holds off every other change to what the drivers' energy costs. Called before events change: their rows are locked after
-- the row in billing_versions, by invoices as by the import.
create function hold_prices(drivers bigint[]) returns void language plpgsql as $$
declare
    driver bigint;
begin
    for driver in
        select distinct d from unnest(drivers) d where d is not null order by d
    loop
        perform from billing_versions where driver_id = driver for no key update;
        if not found then
            insert into billing_versions (driver_id, version) values (driver, 0) on conflict do nothing;
            perform from billing_versions where driver_id = driver for no key update;
        end if;
    end loop;
end
$$;

create or replace function events_follow_their_session() returns trigger language plpgsql as $$
declare
    counted bigint := case when does_not_count(new.dispute) then null else new.driver_id end;
begin
    perform hold_prices(array[old.driver_id, new.driver_id]);
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

-- Drivers whose version rises when the transaction commits, as ,1,2,
create function note_changed_driver() returns trigger language plpgsql as $$
declare
    noted  text := coalesce(nullif(current_setting('polaris.changed_drivers', true), ''), ',');
    driver bigint;
begin
    foreach driver in array array[old.driver_id, new.driver_id] loop
        if driver is not null and position(',' || driver || ',' in noted) = 0 then
            noted := noted || driver || ',';
            perform set_config('polaris.changed_drivers', noted, true);
        end if;
    end loop;
    return null;
end
$$;

-- The first one to run raises the versions of all drivers that were noted, in ascending order, so that two transactions
-- never wait for each other.
create or replace function driver_changed() returns trigger language plpgsql as $$
declare
    noted  text := trim(both ',' from coalesce(current_setting('polaris.changed_drivers', true), ''));
    driver bigint;
begin
    if noted <> '' then
        perform set_config('polaris.changed_drivers', '', true);
        for driver in
            select d from unnest(string_to_array(noted, ',')::bigint[]) d order by d
        loop
            insert into driver_versions as v (driver_id, version) values (driver, 1)
            on conflict (driver_id) do update set version = v.version + 1;
        end loop;
    end if;
    return null;
end
$$;

create trigger note_sessions_that_come_and_go
    after insert or delete on transaction_sync_state
    for each row execute function note_changed_driver();

create trigger note_sessions_that_go_on
    after update on transaction_sync_state
    for each row when ((old.revision, old.driver_id, old.ev_card_id, old.energy_wh, old.is_finalized, old.started_at)
        is distinct from (new.revision, new.driver_id, new.ev_card_id, new.energy_wh, new.is_finalized, new.started_at))
    execute function note_changed_driver();

create trigger note_prices_that_change
    after insert or update on billing_versions
    for each row execute function note_changed_driver();

create trigger note_invoices_that_come
    after insert or update on invoices
    for each row execute function note_changed_driver();

create trigger note_cards_that_change
    after insert or update or delete on ev_cards
    for each row execute function note_changed_driver();
