-- The sessions of the history that are still to be read (module sync), in the order in which they are claimed: a claim
-- costs the same however many are left.
create index transaction_sync_state_backfill on transaction_sync_state (started_at desc)
    where next_poll_at is not null and is_finalized and last_read_at is null;
