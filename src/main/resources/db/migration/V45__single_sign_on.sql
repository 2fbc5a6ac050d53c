-- Until when a group of the issuer makes the account an operator; null for a role that was given here.
alter table accounts add column operator_until timestamptz;

-- The identity that an account has at the issuer of single sign-on. It is found by issuer and subject, never by e-mail.
create table linked_identities (
    id           bigint      generated always as identity primary key,
    account_id   bigint      not null references accounts on delete cascade,
    issuer       text        not null,
    subject      text        not null,
    linked_at    timestamptz not null,
    confirmed_at timestamptz not null,
    unique (issuer, subject),
    unique (account_id, issuer)
);

-- Sign-ins that came from the issuer: when it last confirmed them, whether a node is asking it now, until when no node asks
-- again, and its tokens, sealed. No foreign key to the session, which is written after the answer to the browser.
create table oidc_sign_ins (
    session_id       char(36)    primary key,
    identity_id      bigint      not null references linked_identities on delete cascade,
    issuer_session   text,
    confirmed_at     timestamptz not null,
    id_token         bytea       not null,
    refresh_token    bytea,
    refreshing       boolean     not null default false,
    refreshing_until timestamptz
);
create index on oidc_sign_ins (identity_id);

create function oidc_sign_in_went() returns trigger language plpgsql as $$
begin
    delete from oidc_sign_ins where session_id = old.session_id;
    return null;
end
$$;

create trigger oidc_sign_ins_go
    after delete on spring_session
    for each row execute function oidc_sign_in_went();

-- Answers and logout tokens of the issuer that were used, as hashes.
create table used_oidc_values (
    hash       bytea       primary key,
    expires_at timestamptz not null
);
