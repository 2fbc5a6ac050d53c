-- The energy of a session is known twice: along the path of its readings, and as SteVe's stop value − start value
-- (module sessions).

alter table transaction_sync_state
    -- Along the path of the readings; null before the first read.
    add column measured_wh numeric(18, 3),
    -- The two numbers do not agree and no operator has decided: which way SteVe's number differs.
    add column dispute text check (dispute in ('steve_smaller', 'steve_larger'));

create index transaction_sync_state_disputed on transaction_sync_state (started_at desc, steve_transaction_id desc)
    where dispute is not null;

-- What operators decided about the energy of a session; the last one counts.
create table energy_decisions (
    id                   bigint generated always as identity primary key,
    steve_transaction_id bigint         not null references transaction_sync_state,
    -- SteVe's number, the measured one, or a value of its own.
    use                  text           not null check (use in ('steve', 'measured', 'value')),
    energy_wh            numeric(18, 3) not null check (energy_wh >= 0),
    reason               text           not null,
    decided_by           bigint         not null references accounts,
    decided_at           timestamptz    not null
);

create index energy_decisions_session on energy_decisions (steve_transaction_id, id desc);

-- Charge boxes of which SteVe's number counts whatever was measured.
create table trusted_charge_boxes (
    charge_box_id text        primary key check (charge_box_id = lower(charge_box_id)),
    reason        text        not null,
    decided_by    bigint      not null references accounts,
    decided_at    timestamptz not null
);
