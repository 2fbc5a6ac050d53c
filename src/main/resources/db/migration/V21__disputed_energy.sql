-- A session of which SteVe's number is the larger one, and nobody has decided, does not count (module billing): its
-- unsealed events have no driver, so they take no place in tiers, usage, daily sums and invoices. Sealed events stay.

create function does_not_count(dispute text) returns boolean immutable language sql
return coalesce(dispute = 'steve_larger', false);

create or replace function bill_event() returns trigger language plpgsql as $$
begin
    new.driver_id := (select s.driver_id from transaction_sync_state s
                       where s.steve_transaction_id = new.steve_transaction_id and not does_not_count(s.dispute));
    new.billed_at := billed_instant(new.steve_transaction_id, new.position, new.measured_at, new.kwh_delta, new.flags);
    return new;
end
$$;

drop trigger events_follow_their_session on transaction_sync_state;
drop function events_change_their_owner();

create function events_follow_their_session() returns trigger language plpgsql as $$
declare
    counted bigint := case when does_not_count(new.dispute) then null else new.driver_id end;
begin
    update synced_transaction_events
       set driver_id = case when sealed_at is null then counted else new.driver_id end
     where steve_transaction_id = new.steve_transaction_id
       and driver_id is distinct from case when sealed_at is null then counted else new.driver_id end;
    if new.driver_id is not null and does_not_count(new.dispute) <> does_not_count(old.dispute) then
        perform forget_prices(new.driver_id, 'infinity');
        delete from session_price where steve_transaction_id = new.steve_transaction_id;
    end if;
    return null;
end
$$;

create trigger events_follow_their_session
    after update of driver_id, dispute on transaction_sync_state
    for each row when (old.driver_id is distinct from new.driver_id
        or does_not_count(old.dispute) <> does_not_count(new.dispute))
    execute function events_follow_their_session();
