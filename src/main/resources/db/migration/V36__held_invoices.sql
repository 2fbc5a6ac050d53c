-- Why an invoice is held is kept in parts (module billing): the sentence is made where it is shown. What was kept before as
-- words alone keeps them until the next run.

alter table invoice_schedule
    -- Beside held_because, which then is the name of a reason: the session that was not read, and since when SteVe was not.
    add column held_session bigint,
    add column unread_since timestamptz,
    add constraint invoice_schedule_reasons_have_their_parts check (
        case held_because
            when 'NOT_COMPARED' then unread_since is not null
            when 'SESSION_NOT_READ' then num_nulls(held_session, unread_since) = 0
            else true
        end);
