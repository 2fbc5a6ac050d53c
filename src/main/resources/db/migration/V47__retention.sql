-- Rows that are kept for a time are found by their age, however many are younger.
create index mails_done on mails (created_at) where next_try_at is null;
create index notifications_created on notifications (created_at);
create index start_requests_at on start_requests (requested_at);
create index operator_notes_at on operator_notes (at);
create index known_browsers_used on known_browsers (last_used_at);
create index viewings_ended on viewings (ended_at) where ended_at is not null;
create index steve_answers_read on steve_answers (read_at);

-- The audit log (module accounts): an entry never changes, and within its first year nobody can remove it.
create function audit_log_is_kept() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and old.at < now() - interval '365 days' then
        return old;
    end if;
    raise exception '% on audit_log is refused: its rows never change, and stay for a year at least', tg_op;
end
$$;

drop trigger audit_log_is_append_only on audit_log;

create trigger audit_log_is_append_only
    before update or delete on audit_log
    for each row execute function audit_log_is_kept();
