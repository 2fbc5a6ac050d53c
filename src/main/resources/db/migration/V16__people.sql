-- What operators do with people: invitations, looking at a driver's portal (module accounts); whose a session stays
-- (module sessions).

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


-- An invoice has events of the session: it stays whose it is. Deferred, so that it looks after whoever seals events of the
-- driver has let go of the prices that both change.
create function keep_the_owner_of_an_invoiced_session() returns trigger language plpgsql as $$
begin
    if exists (select from synced_transaction_events
                where steve_transaction_id = new.steve_transaction_id and sealed_at is not null) then
        raise exception 'Session % is on an invoice of driver %; it cannot become driver %''s',
            new.steve_transaction_id, old.driver_id, new.driver_id
            using errcode = 'integrity_constraint_violation',
                  constraint = 'an_invoiced_session_keeps_its_owner';
    end if;
    return null;
end
$$;

create constraint trigger an_invoiced_session_keeps_its_owner
    after update on transaction_sync_state deferrable initially deferred
    for each row when (old.driver_id is distinct from new.driver_id)
    execute function keep_the_owner_of_an_invoiced_session();
