-- Times by a station's clock that is wrong (module sessions).

-- As with the start, what is shown and priced stands beside what SteVe says; they differ where a time is not believed.
alter table transaction_sync_state
    add column steve_stopped_at   timestamptz,
    -- When that stop was first seen, by our clock; a revised one is seen later.
    add column stop_seen_at       timestamptz,
    -- By how much the times of a clock that was never set are moved; the smallest bound so far.
    add column clock_shift_micros bigint,
    -- Readings, or the start, lie ahead of their time until then; null where nothing does.
    add column ahead_until        timestamptz,
    -- Rises that no connector can deliver are real up to this instant of the meter: an operator said so.
    add column jumps_real_until   timestamptz,
    -- Repeats the energy of the last row in energy_decisions.
    add column decided_energy_wh  numeric(18, 3);

update transaction_sync_state set steve_stopped_at = stopped_at, stop_seen_at = finalized_at where stopped_at is not null;

-- A start that was replaced by the first sight of a session: so much its station's clock was found to lag.
update transaction_sync_state
   set clock_shift_micros = extract(epoch from started_at - steve_started_at)::bigint * 1000000
 where started_at <> steve_started_at and steve_started_at < '2015-01-01T00:00:00Z';

alter table transaction_sync_state
    add constraint what_steve_stopped_has_ended check (steve_stopped_at is null or stopped_at is not null);


-- The first page of a search for sessions with readings that were left out; the condition is that of SessionTrait.
create index transaction_sync_state_outlier on transaction_sync_state (started_at desc, steve_transaction_id desc)
    where flags @> '{outlier}';
