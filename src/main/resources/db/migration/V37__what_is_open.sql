-- Indexes for what is open, unsealed, new or of one card (modules sessions, sync, billing): what a job, a page or a search
-- reads does not grow with the history.

-- Sessions of a driver that are not completed; live ones are among them.
create index transaction_sync_state_driver_in_progress
    on transaction_sync_state (driver_id, started_at desc, steve_transaction_id desc)
    where not (is_finalized and latest_is_final);
drop index transaction_sync_state_driver_open;

-- Sessions of a driver that changed lately.
create index transaction_sync_state_driver_changed on transaction_sync_state (driver_id, updated_at);

create index transaction_sync_state_card
    on transaction_sync_state (ev_card_id, started_at desc, steve_transaction_id desc)
    where ev_card_id is not null;

-- Sessions of a charge box that ended since some time.
create index transaction_sync_state_box_stop on transaction_sync_state (lower(charge_box_id), stopped_at)
    where stopped_at is not null;

-- Sessions that hold up their driver's invoice, beside the live ones.
create index transaction_sync_state_unread on transaction_sync_state (driver_id)
    where last_read_at is null and gone_from_steve_at is null;

-- Sessions that the hourly comparison expects in SteVe's list.
create index transaction_sync_state_expected on transaction_sync_state (steve_started_at)
    where gone_from_steve_at is null;

-- Sessions with a wrong clock that had ended when they were first seen.
create index transaction_sync_state_wrong_clock
    on transaction_sync_state (first_seen_at desc, steve_transaction_id desc)
    where flags @> '{clock}' and finalized_at = first_seen_at;

create index sync_reads_failing on sync_reads (steve_transaction_id) where failures > 0;

-- Invoices of a driver, in the order of their list.
create index invoices_of_driver on invoices (driver_id, finalized_at desc, id desc);
drop index invoices_driver;
-- invoices_latest serves the same reads.
drop index invoices_finalized;

create index credits_driver on credits (driver_id, id desc);

-- No statement looks for events by these: each event costs less to write. An event is known by its session and position.
drop index synced_transaction_events_resets;
alter table synced_transaction_events
    replica identity using index synced_transaction_events_steve_transaction_id_position_key;
alter table synced_transaction_events drop constraint synced_transaction_events_pkey;
