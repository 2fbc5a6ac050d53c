-- One number per driver that is another one whenever what the driver's pages show of sessions, prices, invoices or cards
-- may be (module sessions): pages keep what they worked out for as long as it stands.
create table driver_versions (
    driver_id bigint primary key references accounts on delete cascade,
    version   bigint not null
);

-- Drivers in ascending order, so that two transactions never wait for each other.
create function driver_changed() returns trigger language plpgsql as $$
declare
    driver bigint;
begin
    for driver in
        select distinct d from unnest(array[old.driver_id, new.driver_id]) d where d is not null order by d
    loop
        -- Once in a transaction is enough: many changes of one driver must not heap up versions of one row.
        if not exists (select from driver_versions
                        where driver_id = driver and xmin = pg_current_xact_id()::xid) then
            insert into driver_versions as v (driver_id, version) values (driver, 1)
            on conflict (driver_id) do update set version = v.version + 1;
        end if;
    end loop;
    return null;
end
$$;

-- Deferred: the row of a driver is locked after all others of its transaction, and only while that commits.
create constraint trigger sessions_come_and_go
    after insert or delete on transaction_sync_state deferrable initially deferred
    for each row execute function driver_changed();

create constraint trigger sessions_go_on
    after update on transaction_sync_state deferrable initially deferred
    for each row when ((old.revision, old.driver_id, old.ev_card_id, old.energy_wh, old.is_finalized, old.started_at)
        is distinct from (new.revision, new.driver_id, new.ev_card_id, new.energy_wh, new.is_finalized, new.started_at))
    execute function driver_changed();

create constraint trigger prices_change
    after insert or update on billing_versions deferrable initially deferred
    for each row execute function driver_changed();

create constraint trigger invoices_come
    after insert or update on invoices deferrable initially deferred
    for each row execute function driver_changed();

create constraint trigger cards_change
    after insert or update or delete on ev_cards deferrable initially deferred
    for each row execute function driver_changed();

-- What a driver charges now.
create index transaction_sync_state_driver_open on transaction_sync_state (driver_id) where not is_finalized;
