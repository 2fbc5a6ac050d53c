-- How far the import has come (module sync).

create table sync_cursor (
    only_row                boolean primary key default true check (only_row),
    -- Every id up to here was asked for in one unbroken run of probes.
    highest_probed_id       bigint      not null default 0,
    first_import_done       boolean     not null default false,
    last_wide_read_at       timestamptz,
    -- Why nothing is applied at present (SteVe was reinstalled, the address is wrong); null = running.
    paused_reason           text,
    leader                  text,
    leader_fence            bigint      not null default 0,
    leader_until            timestamptz
);

insert into sync_cursor default values;

-- Ids below the mark that SteVe did not know when asked; they are asked for again for a day.
create table sync_missing_ids (
    steve_transaction_id bigint primary key,
    first_missed_at      timestamptz not null
);

-- What sync remembers of a session beside its truth.
create table sync_reads (
    steve_transaction_id bigint primary key references transaction_sync_state,
    -- SteVe's list row when it was last applied; a different one means: read again.
    list_row             text,
    reads_since_stop     integer     not null default 0,
    failures             integer     not null default 0,
    last_error           text,
    missed               integer     not null default 0,
    first_missed_at      timestamptz,
    last_missed_at       timestamptz,
    conflict             text
);

create table sync_runs (
    id             bigint generated always as identity primary key,
    trigger        text        not null check (trigger in ('schedule', 'operator', 'start', 'push')),
    started_at     timestamptz not null,
    finished_at    timestamptz,
    discovered     integer     not null default 0,
    read           integer     not null default 0,
    events_written integer     not null default 0
);

create index sync_runs_started on sync_runs (started_at desc, id desc);

create table sync_errors (
    id                   bigint generated always as identity primary key,
    sync_run_id          bigint      not null references sync_runs on delete cascade,
    at                   timestamptz not null,
    steve_transaction_id bigint,
    reason               text        not null
);

create index sync_errors_run on sync_errors (sync_run_id);
