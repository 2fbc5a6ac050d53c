-- SteVe's last answer about a session is kept as the rows that metering reads, in compressed chunks (module sessions).
-- Answers that were kept as SteVe's whole JSON stay as they are and are read as such until the next answer replaces
-- them or they are too old: PostgreSQL cannot unpack them, and doing so elsewhere would hold up the start.
alter table steve_answers
    -- SteVe's whole JSON, gzipped.
    alter column answer drop not null,
    -- What SteVe said of the transaction, as JSON. Not jsonb: stations send characters that it refuses.
    add column facts       text,
    -- How many rows of other measurands the answer had, by measurand.
    add column dropped     text,
    add column row_count   integer check (row_count >= 0),
    -- How many chunks come before the last one.
    add column full_chunks integer not null default 0 check (full_chunks >= 0),
    -- The last chunk: all rows of most sessions.
    add column last_chunk  bytea,
    add constraint an_answer_is_kept_in_one_way check (
        case when answer is null
             then facts is not null and dropped is not null and row_count is not null and last_chunk is not null
             else facts is null and dropped is null and row_count is null and last_chunk is null and full_chunks = 0
        end),
    alter column last_chunk set storage external;

create table steve_answer_chunks (
    steve_transaction_id bigint  not null references steve_answers on delete cascade,
    position             integer not null check (position >= 0),
    -- Of the compressed rows: a chunk that has not changed is not written again.
    sha256               bytea   not null,
    rows                 bytea   not null,
    primary key (steve_transaction_id, position)
);

alter table steve_answer_chunks
    alter column rows set storage external;
