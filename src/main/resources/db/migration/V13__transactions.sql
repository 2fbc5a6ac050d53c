-- What the search for transactions needs, and the pauses of sync (modules sessions and sync).

-- Whether the session's event with the highest position is final: one of the two facts that its status is derived from.
-- It repeats what the events say and is kept by triggers, in the statement that changes them; whoever writes events holds
-- the session's row.
alter table transaction_sync_state
    add column latest_is_final boolean not null default false,
    -- SteVe has another charge under this id; repeats sync_reads.conflict.
    add column id_reused       boolean not null default false;

update transaction_sync_state s
   set latest_is_final = true
 where (select e.is_final from synced_transaction_events e
         where e.steve_transaction_id = s.steve_transaction_id
         order by e.position desc limit 1);

update transaction_sync_state s
   set id_reused = true
 where exists (select from sync_reads r
                where r.steve_transaction_id = s.steve_transaction_id and r.conflict is not null);

create function keep_latest_is_final(sessions bigint[]) returns void language sql as $$
    update transaction_sync_state s
       set latest_is_final = not s.latest_is_final
     where s.steve_transaction_id = any(sessions)
       and s.latest_is_final <> coalesce((
               select e.is_final from synced_transaction_events e
                where e.steve_transaction_id = s.steve_transaction_id
                order by e.position desc limit 1), false);
$$;

create function latest_event_was_inserted() returns trigger language plpgsql as $$
begin
    perform keep_latest_is_final(array_agg(distinct steve_transaction_id)) from new_rows;
    return null;
end
$$;

create function latest_event_was_deleted() returns trigger language plpgsql as $$
begin
    perform keep_latest_is_final(array_agg(distinct steve_transaction_id)) from old_rows;
    return null;
end
$$;

-- Sealing, say, changes nothing about which event is the last and whether it is final.
create function latest_event_was_updated() returns trigger language plpgsql as $$
begin
    perform keep_latest_is_final(array_agg(distinct session))
       from (select unnest(array[o.steve_transaction_id, n.steve_transaction_id]) as session
               from old_rows o join new_rows n using (id)
              where (o.steve_transaction_id, o.position, o.is_final)
                    is distinct from (n.steve_transaction_id, n.position, n.is_final)) changed;
    return null;
end
$$;

create trigger inserted_events_may_be_final
    after insert on synced_transaction_events referencing new table as new_rows
    for each statement execute function latest_event_was_inserted();

create trigger updated_events_may_be_final
    after update on synced_transaction_events referencing old table as old_rows new table as new_rows
    for each statement execute function latest_event_was_updated();

create trigger deleted_events_may_be_final
    after delete on synced_transaction_events referencing old table as old_rows
    for each statement execute function latest_event_was_deleted();

create function keep_id_reused() returns trigger language plpgsql as $$
begin
    update transaction_sync_state s
       set id_reused = new.conflict is not null
     where s.steve_transaction_id = new.steve_transaction_id and s.id_reused <> (new.conflict is not null);
    return null;
end
$$;

create trigger conflicts_begin
    after insert on sync_reads
    for each row when (new.conflict is not null) execute function keep_id_reused();

create trigger conflicts_come_and_go
    after update of conflict on sync_reads
    for each row when ((old.conflict is null) <> (new.conflict is null)) execute function keep_id_reused();

-- The first page of every search, however rare what is searched for. The conditions are those of SessionStatus and
-- SessionTrait, word for word.
create index transaction_sync_state_in_progress on transaction_sync_state (started_at desc, steve_transaction_id desc)
    where not (is_finalized and latest_is_final);
create index transaction_sync_state_unlinked on transaction_sync_state (started_at desc, steve_transaction_id desc)
    where driver_id is null;
create index transaction_sync_state_linked on transaction_sync_state (started_at desc, steve_transaction_id desc)
    where driver_id is not null;
create index transaction_sync_state_gone_by_start on transaction_sync_state (started_at desc, steve_transaction_id desc)
    where gone_from_steve_at is not null;
create index transaction_sync_state_reused on transaction_sync_state (started_at desc, steve_transaction_id desc)
    where id_reused;
create index transaction_sync_state_flagged on transaction_sync_state (started_at desc, steve_transaction_id desc)
    where flags <> '{}';
create index transaction_sync_state_clock on transaction_sync_state (started_at desc, steve_transaction_id desc)
    where flags @> '{clock}';
create index transaction_sync_state_meter_reset on transaction_sync_state (started_at desc, steve_transaction_id desc)
    where flags @> '{meter_reset}';
create index transaction_sync_state_implausible on transaction_sync_state (started_at desc, steve_transaction_id desc)
    where flags @> '{implausible}';
create index transaction_sync_state_reset_correction
    on transaction_sync_state (started_at desc, steve_transaction_id desc)
    where flags @> '{reset_correction}';
create index transaction_sync_state_correction on transaction_sync_state (started_at desc, steve_transaction_id desc)
    where flags @> '{correction}';

-- What the page of a transaction tells of it.
create index sync_errors_transaction on sync_errors (steve_transaction_id, id desc)
    where steve_transaction_id is not null;
create index operator_notes_transaction on operator_notes (steve_transaction_id, id desc)
    where steve_transaction_id is not null;

-- An operator's pause holds on every node. It is not the pause that sync makes by itself (paused_reason).
alter table sync_cursor
    add column last_discovery_at  timestamptz,
    add column operator_paused_at timestamptz,
    add column operator_paused_by bigint references accounts,
    add column operator_paused_why text,
    add constraint a_pause_has_who_and_why
        check (num_nonnulls(operator_paused_at, operator_paused_by, operator_paused_why) in (0, 3));

-- Transactions that were missing when sync paused by itself, and whether an operator has looked and said that they are
-- gone for good: these do not pause it again.
alter table sync_reads
    add column absence_doubted  boolean not null default false,
    add column absence_accepted boolean not null default false;
create index sync_reads_doubted on sync_reads (steve_transaction_id) where absence_doubted;
create index sync_reads_accepted on sync_reads (steve_transaction_id) where absence_accepted;
