-- Mail that is to be sent (module mail), and links by e-mail that sign in (module accounts).

-- A mail is written when it is sent; this says what is to be written, and to whom.
create table mails (
    id          bigint generated always as identity primary key,
    account_id  bigint      not null references accounts,
    kind        text        not null,
    -- What it is about, in the words of its kind: the number of a session, an invoice, a link.
    subject     text        not null,
    created_at  timestamptz not null,
    -- After that nobody wants it any more.
    expires_at  timestamptz not null check (expires_at > created_at),
    tries       integer     not null default 0 check (tries >= 0),
    next_try_at timestamptz,
    sent_at     timestamptz,
    failed_at   timestamptz,
    -- The kind of failure; never an address or a server's own words.
    last_error  text,
    constraint a_mail_is_due_or_done check ((next_try_at is null) = (sent_at is not null or failed_at is not null)),
    constraint a_mail_is_sent_or_failed check (sent_at is null or failed_at is null)
);

create index mails_due on mails (next_try_at) where next_try_at is not null;
create index mails_failed on mails (failed_at desc) where failed_at is not null;
create index mails_account on mails (account_id);

-- Somebody asked for a link; whether the address is known is found out later, so that the answer cannot tell.
create table sign_in_requests (
    id      bigint generated always as identity primary key,
    email   text not null check (length(email) <= 320),
    purpose text not null check (purpose in ('SIGN_IN', 'NEW_PASSWORD'))
);

create table sign_in_links (
    id              bigint generated always as identity primary key,
    account_id      bigint      not null references accounts,
    purpose         text        not null check (purpose in ('SIGN_IN', 'NEW_PASSWORD')),
    -- A link made before a change of password or role is worth nothing after it.
    access_revision integer     not null,
    requested_at    timestamptz not null,
    -- Both are set when the mail is written.
    token_hash      bytea unique,
    expires_at      timestamptz,
    used_at         timestamptz,
    check ((token_hash is null) = (expires_at is null))
);

create index sign_in_links_account on sign_in_links (account_id, requested_at);

-- The person asked to be forgotten; what invoices need stays.
alter table accounts add deleted_at timestamptz check (deleted_at is null or disabled_at is not null);
