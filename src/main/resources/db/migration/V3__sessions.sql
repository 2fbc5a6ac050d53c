-- The truth about a charging session (module sessions). A status is derived, never stored.

create table transaction_sync_state (
    steve_transaction_id bigint primary key,
    charge_box_id        text           not null,
    connector_id         integer        not null,
    ocpp_id_tag          text           not null,
    ev_card_id           bigint references ev_cards,
    driver_id            bigint references accounts,
    started_at           timestamptz    not null,
    -- What SteVe says the start is; differs from started_at where the station has no clock.
    steve_started_at     timestamptz    not null,
    first_seen_at        timestamptz    not null,
    start_value_wh       numeric(13, 3) not null,
    stopped_at           timestamptz,
    stop_value_wh        numeric(13, 3),
    stop_reason          text,
    stop_actor           text,
    is_finalized         boolean        not null default false,
    finalized_at         timestamptz,
    closing_problem      text,
    flags                text[]         not null default '{}',
    live_power_w         numeric(13, 3),
    live_power_derived   boolean        not null default false,
    live_soc             numeric(6, 3),
    last_reading_at      timestamptz,
    -- The sum of the events' energy, written with them.
    energy_wh            numeric(18, 3) not null default 0,
    last_energy_at       timestamptz,
    sampling_seconds     integer check (sampling_seconds > 0),
    last_read_at         timestamptz,
    next_poll_at         timestamptz,
    gone_from_steve_at   timestamptz,
    revision             bigint         not null default 1,
    updated_at           timestamptz    not null,
    constraint a_card_has_an_owner check (ev_card_id is null or driver_id is not null),
    constraint a_stop_is_final check (stopped_at is null or is_finalized),
    constraint a_live_session_is_open check (is_finalized = (finalized_at is not null))
);

create index transaction_sync_state_driver on transaction_sync_state (driver_id, started_at desc, steve_transaction_id desc);
create index transaction_sync_state_start on transaction_sync_state (started_at desc, steve_transaction_id desc);
create index transaction_sync_state_due on transaction_sync_state (next_poll_at) where next_poll_at is not null;
create index transaction_sync_state_open on transaction_sync_state (steve_transaction_id) where not is_finalized;
create index transaction_sync_state_tag on transaction_sync_state (lower(ocpp_id_tag), started_at);
create index transaction_sync_state_box on transaction_sync_state (lower(charge_box_id), started_at desc);

create table synced_transaction_events (
    id                   bigint generated always as identity primary key,
    steve_transaction_id bigint         not null references transaction_sync_state,
    position             integer        not null check (position >= 0),
    measured_from        timestamptz    not null,
    measured_at          timestamptz    not null check (measured_at >= measured_from),
    meter_from_wh        numeric(18, 3) not null,
    meter_to_wh          numeric(18, 3) not null,
    kwh_delta            numeric(14, 6) not null,
    power_w              numeric(13, 3) check (power_w >= 0),
    power_derived        boolean        not null default false,
    soc                  numeric(6, 3) check (soc between 0 and 100),
    flags                text[]         not null default '{}',
    is_final             boolean        not null default false,
    synced_at            timestamptz    not null,
    sealed_at            timestamptz,
    unique (steve_transaction_id, position)
);

-- An invoice has a sealed row: nothing about it changes any more.
create trigger sealed_events_never_change
    before update or delete on synced_transaction_events
    for each row when (old.sealed_at is not null) execute function refuse_change();

-- SteVe's last full answer about a session, compressed.
create table steve_answers (
    steve_transaction_id bigint primary key references transaction_sync_state,
    read_at              timestamptz not null,
    answer               bytea       not null
);
