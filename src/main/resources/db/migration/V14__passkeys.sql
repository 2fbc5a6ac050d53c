-- Passkeys (module accounts).

-- What an authenticator knows its owner by: random, so that it names nobody.
create table passkey_owners (
    account_id bigint primary key references accounts,
    handle     bytea  not null unique check (octet_length(handle) = 32)
);

create table passkeys (
    id            bigint generated always as identity primary key,
    account_id    bigint      not null references passkey_owners,
    name          text        not null check (length(btrim(name)) between 1 and 200),
    credential_id bytea       not null unique check (octet_length(credential_id) between 1 and 1023),
    -- WebAuthn's attested credential data: the model of the authenticator, the credential's id, its public key.
    credential    bytea       not null,
    -- How often the authenticator says it was used, if it counts; otherwise 0 for ever.
    sign_count    bigint      not null check (sign_count >= 0),
    backup_eligible boolean   not null,
    backed_up     boolean     not null check (backup_eligible or not backed_up),
    created_at    timestamptz not null,
    last_used_at  timestamptz
);

create index passkeys_account on passkeys (account_id);

-- With this key the portal knows the challenges it gave out, on whichever node, without keeping them.
create table passkey_challenge_key (
    only_one boolean primary key default true check (only_one),
    key      bytea not null
);

insert into passkey_challenge_key (key)
values (sha256(decode(replace(gen_random_uuid()::text || gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex')));

-- A challenge is worth something once.
create table used_passkey_challenges (
    code bytea       primary key,
    expires_at     timestamptz not null
);
