-- Which idTag belonged to whom, from when to when (module cards).

create table id_tags (
    id     bigint generated always as identity primary key,
    id_tag text not null check (length(id_tag) between 1 and 255)
);

-- idTags compare without case, as in SteVe.
create unique index id_tags_id_tag on id_tags (lower(id_tag));

-- An EV card: an idTag that belongs to a driver from one instant until another.
create table ev_cards (
    id             bigint generated always as identity primary key,
    id_tag_id      bigint      not null references id_tags,
    driver_id      bigint      not null references accounts,
    owned_from     timestamptz not null,
    owned_until    timestamptz constraint ev_cards_end_after_they_start check (owned_until >= owned_from),
    label          text        not null check (length(label) <= 100),
    colour         text        not null check (length(colour) <= 30),
    lost_at        timestamptz,
    -- SteVe has still to be told to block the idTag, and when that was tried last.
    block_owed     boolean     not null default false,
    block_tried_at timestamptz,
    created_at     timestamptz not null,
    constraint ev_cards_one_owner_at_a_time
        exclude using gist (int8range(id_tag_id, id_tag_id, '[]') with &&, tstzrange(owned_from, owned_until) with &&)
);

create index ev_cards_driver on ev_cards (driver_id);
create index ev_cards_id_tag on ev_cards (id_tag_id);
create index ev_cards_block_owed on ev_cards (id) where block_owed;

-- Charge boxes and their connectors: those seen in a transaction and those added by hand (module chargers).
create table chargers (
    id            bigint generated always as identity primary key,
    charge_box_id text        not null check (length(charge_box_id) between 1 and 255),
    name          text        not null check (length(name) <= 200),
    public_id     text        check (length(public_id) between 1 and 50),
    location      text        not null default '' check (length(location) <= 500),
    created_at    timestamptz not null
);

create unique index chargers_charge_box_id on chargers (lower(charge_box_id));
create unique index chargers_public_id on chargers (lower(public_id));

create table connectors (
    charger_id   bigint  not null references chargers on delete cascade,
    connector_id integer not null check (connector_id between 0 and 1000),
    type         text    check (length(type) <= 50),
    max_kw       numeric(8, 3) check (max_kw > 0),
    primary key (charger_id, connector_id)
);

-- A driver's last start at each connector, so that a repeated one within a minute returns the first outcome.
create table remote_starts (
    id           bigint generated always as identity primary key,
    driver_id    bigint      not null references accounts,
    charge_box   text        not null,
    connector_id integer,
    ev_card_id   bigint      not null references ev_cards,
    requested_at timestamptz not null,
    outcome      text check (outcome in ('ACCEPTED', 'REJECTED', 'UNREACHABLE', 'TIMEOUT')),
    message      text,
    check ((outcome is null) = (message is null))
);

create unique index remote_starts_by_connector
    on remote_starts (driver_id, lower(charge_box), connector_id) nulls not distinct;
