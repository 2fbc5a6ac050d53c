-- Starts as drivers sent them from a page (module chargers). The id comes with the form: the same form starts once.
create table start_requests (
    id           uuid primary key,
    driver_id    bigint      not null references accounts,
    charge_box   text        not null,
    connector_id integer,
    ev_card_id   bigint      not null references ev_cards,
    requested_at timestamptz not null,
    -- Absent while it is under way.
    answer       text check (answer in
        ('ACCEPTED', 'REJECTED', 'UNREACHABLE', 'TIMEOUT', 'CARD_REFUSED', 'STEVE_DOWN'))
);

-- Sessions that are to be stopped because their card was reported lost (module sessions).
create table owed_stops (
    steve_transaction_id bigint primary key references transaction_sync_state,
    owed_at              timestamptz not null,
    tried_at             timestamptz,
    tries                integer     not null default 0
);

-- What operators are told (module accounts): a driver's words about a session, or that a card was reported lost.
create table operator_notes (
    id                   bigint generated always as identity primary key,
    at                   timestamptz not null,
    driver_id            bigint      not null references accounts,
    steve_transaction_id bigint references transaction_sync_state,
    ev_card_id           bigint references ev_cards,
    text                 text        not null check (length(text) <= 1000),
    constraint a_note_is_about_one_thing check (num_nonnulls(steve_transaction_id, ev_card_id) = 1)
);

-- The same words about the same session are one note.
create unique index operator_notes_once on operator_notes (driver_id, steve_transaction_id, md5(text))
    where steve_transaction_id is not null;
create index operator_notes_recent on operator_notes (driver_id, at);
