-- A kept price ends with the events it was made of (module billing): an event that comes, goes or changes makes its own
-- session's price worthless, in whatever period it lies. Prices of other sessions are forgotten by their period.

create function forget_own_price() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        delete from session_price where steve_transaction_id in (select steve_transaction_id from new_rows);
    elsif tg_op = 'DELETE' then
        delete from session_price where steve_transaction_id in (select steve_transaction_id from old_rows);
    else
        delete from session_price
         where steve_transaction_id in (
               select n.steve_transaction_id from new_rows n join old_rows o using (id)
                where (n.measured_at, n.kwh_delta) is distinct from (o.measured_at, o.kwh_delta));
    end if;
    return null;
end
$$;

create trigger inserted_events_end_their_price
    after insert on synced_transaction_events referencing new table as new_rows
    for each statement execute function forget_own_price();

create trigger updated_events_end_their_price
    after update on synced_transaction_events referencing old table as old_rows new table as new_rows
    for each statement execute function forget_own_price();

create trigger deleted_events_end_their_price
    after delete on synced_transaction_events referencing old table as old_rows
    for each statement execute function forget_own_price();

delete from session_price;
