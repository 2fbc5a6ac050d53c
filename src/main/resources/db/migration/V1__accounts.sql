-- People and how they sign in (module accounts).

-- Whatever ends all access of an account raises access_revision; a sign-in holds as long as its revision is the account's.
create table accounts (
    id              bigint generated always as identity primary key,
    email           text        not null check (email = btrim(email) and email like '%_@_%'),
    name            text        not null check (length(btrim(name)) between 1 and 200),
    role            text        not null check (role in ('DRIVER', 'OPERATOR')),
    password_hash   text,
    access_revision integer     not null default 0,
    locale          text        not null,
    time_zone       text        not null,
    created_at      timestamptz not null,
    disabled_at     timestamptz
);

create unique index accounts_email on accounts (lower(email));
create index accounts_by_name on accounts (lower(name), id);

create table api_tokens (
    id           bigint generated always as identity primary key,
    account_id   bigint      not null references accounts,
    name         text        not null check (length(btrim(name)) between 1 and 200),
    token_hash   bytea       not null unique,
    created_at   timestamptz not null,
    expires_at   timestamptz not null check (expires_at <= created_at + interval '90 days'),
    last_used_at timestamptz
);

create index api_tokens_account on api_tokens (account_id);

-- Wrong tries, by account and by address; the key is a hash, so that no address that was tried is kept.
create table sign_in_throttles (
    key           bytea       primary key,
    failures      integer     not null check (failures > 0),
    window_start  timestamptz not null,
    blocked_until timestamptz
);

-- Browsers in which somebody has signed in before.
create table known_browsers (
    token_hash   bytea       primary key,
    account_id   bigint      not null references accounts,
    last_used_at timestamptz not null
);

create index known_browsers_account on known_browsers (account_id);

-- What people did; nothing is ever changed or removed here.
create table audit_log (
    id      bigint generated always as identity primary key,
    at      timestamptz not null,
    actor   bigint references accounts,
    action  text        not null,
    subject text        not null,
    details jsonb       not null default '{}'
);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% on % is refused: its rows never change', tg_op, tg_table_name;
end
$$;

create trigger audit_log_is_append_only
    before update or delete on audit_log
    for each row execute function refuse_change();

create trigger audit_log_is_never_emptied
    before truncate on audit_log
    for each statement execute function refuse_change();

-- Spring Session's own tables (spring-session-jdbc, schema-postgresql.sql).
create table spring_session (
    primary_id            char(36) not null constraint spring_session_pk primary key,
    session_id            char(36) not null,
    creation_time         bigint   not null,
    last_access_time      bigint   not null,
    max_inactive_interval int      not null,
    expiry_time           bigint   not null,
    principal_name        varchar(100)
);

create unique index spring_session_ix1 on spring_session (session_id);
create index spring_session_ix2 on spring_session (expiry_time);
create index spring_session_ix3 on spring_session (principal_name);

create table spring_session_attributes (
    session_primary_id char(36)     not null
        constraint spring_session_attributes_fk references spring_session on delete cascade,
    attribute_name     varchar(200) not null,
    attribute_bytes    bytea        not null,
    constraint spring_session_attributes_pk primary key (session_primary_id, attribute_name)
);
