-- What an operator last tried or hid of the first steps of this installation (module console): one row for each.
create table installation_checks (
    name       text        primary key check (name in ('test_mail', 'hidden_steps')),
    -- What was checked, such as the mail server of the settings; a result about another one says nothing.
    subject    text        not null,
    outcome    text        not null,
    checked_by bigint      not null references accounts,
    checked_at timestamptz not null
);
