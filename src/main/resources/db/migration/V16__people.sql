-- What operators do with people: invitations, looking at a driver's portal (module accounts).

alter table sign_in_links
    drop constraint sign_in_links_purpose_check,
    add constraint sign_in_links_purpose_check
        check (purpose in ('SIGN_IN', 'NEW_PASSWORD', 'INVITATION', 'RESET'));

-- An operator looks at the portal of a driver. It belongs to one sign-in, which may be gone before it ends.
create table viewings (
    id          bigint generated always as identity primary key,
    sign_in     text        not null,
    operator_id bigint      not null references accounts,
    driver_id   bigint      not null references accounts,
    began_at    timestamptz not null,
    ended_at    timestamptz check (ended_at >= began_at)
);

create unique index viewings_open on viewings (sign_in) where ended_at is null;
