-- Old and new rows of events are compared as sets (module sessions): a join of them, planned once for a few rows, would
-- take hours for many.

create or replace function latest_event_was_updated() returns trigger language plpgsql as $$
begin
    perform keep_latest_is_final(array_agg(distinct c.steve_transaction_id))
       from ((select id, steve_transaction_id, position, is_final from new_rows
              except
              select id, steve_transaction_id, position, is_final from old_rows)
             union all
             (select id, steve_transaction_id, position, is_final from old_rows
              except
              select id, steve_transaction_id, position, is_final from new_rows)) c;
    return null;
end
$$;
