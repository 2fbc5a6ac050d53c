-- What operators have seen of what cannot be mended (module attention). It comes back when its version is another one.
create table attention_seen (
    kind    text        not null,
    subject text        not null,
    version text        not null,
    seen_by bigint      not null references accounts,
    seen_at timestamptz not null,
    primary key (kind, subject)
);

-- Few rows each, of very many: what an operator has to look at.
create index transaction_sync_state_vanished on transaction_sync_state (gone_from_steve_at)
    where gone_from_steve_at is not null;
create index transaction_sync_state_unclosed on transaction_sync_state (finalized_at) where closing_problem is not null;
create index synced_transaction_events_implausible on synced_transaction_events (steve_transaction_id)
    where 'implausible' = any(flags);
create index synced_transaction_events_resets on synced_transaction_events (measured_at)
    where 'reset_correction' = any(flags);
create index sync_reads_conflicts on sync_reads (steve_transaction_id) where conflict is not null;
create index sync_errors_at on sync_errors (at);

-- The audit log by who, what, to what and when (module accounts).
create index audit_log_actor on audit_log (actor, id);
create index audit_log_action on audit_log (action, id);
create index audit_log_subject on audit_log (subject text_pattern_ops, id);
create index audit_log_at on audit_log (at);
