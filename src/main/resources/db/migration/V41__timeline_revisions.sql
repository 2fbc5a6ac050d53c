-- Readers of a session's timeline see by this number whether the events that they have still stand (module sessions): it
-- is the revision with which existing events last changed or went. Events that are appended leave it.
alter table transaction_sync_state add column timeline_revision bigint not null default 0;

-- The writer of events holds the session, and raises its revision in the same transaction.
create function events_changed(sessions bigint[]) returns void language sql as $$
    update transaction_sync_state set timeline_revision = revision + 1
     where steve_transaction_id = any(sessions) and timeline_revision <= revision
$$;

create function timeline_was_updated() returns trigger language plpgsql as $$
begin
    perform events_changed(array_agg(distinct c.steve_transaction_id))
       from (select steve_transaction_id, position, measured_at, kwh_delta, power_w, power_derived, soc, flags, is_final
               from old_rows
             except
             select steve_transaction_id, position, measured_at, kwh_delta, power_w, power_derived, soc, flags, is_final
               from new_rows) c;
    return null;
end
$$;

create function timeline_was_deleted() returns trigger language plpgsql as $$
begin
    perform events_changed(array_agg(distinct steve_transaction_id)) from old_rows;
    return null;
end
$$;

create trigger updated_events_change_the_timeline
    after update on synced_transaction_events referencing old table as old_rows new table as new_rows
    for each statement execute function timeline_was_updated();

create trigger deleted_events_change_the_timeline
    after delete on synced_transaction_events referencing old table as old_rows
    for each statement execute function timeline_was_deleted();
