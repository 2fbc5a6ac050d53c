-- A kept price ends with the events it was made of (module billing): an event that comes, goes or changes makes its own
-- session's price worthless, in whatever period it lies. Prices of other sessions are forgotten by their period.

-- Old and new rows are compared as sets: a join of them, planned once for a few rows, would take hours for many.
create function forget_own_price() returns trigger language plpgsql as $$
declare
    sessions bigint[];
begin
    if tg_op = 'INSERT' then
        sessions := array(select distinct steve_transaction_id from new_rows);
    elsif tg_op = 'DELETE' then
        sessions := array(select distinct steve_transaction_id from old_rows);
    else
        sessions := array(
            select distinct c.steve_transaction_id
              from (select id, steve_transaction_id, measured_at, kwh_delta from new_rows
                    except
                    select id, steve_transaction_id, measured_at, kwh_delta from old_rows) c);
    end if;
    delete from session_price where steve_transaction_id = any(sessions);
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
