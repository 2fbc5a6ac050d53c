-- Operators look for invoices among all drivers', the latest first, and add them up by the day of issue (module billing).

create index invoices_latest on invoices (finalized_at desc, id desc) where finalized_at is not null;
create index invoices_issued on invoices (issued_on) where finalized_at is not null;

-- What an invoice stands on stays as it is: a subscription may end, nothing else about it changes.
create function subscriptions_only_end() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' or to_jsonb(new) - 'ended_at' is distinct from to_jsonb(old) - 'ended_at' then
        raise exception 'Subscription % never changes, but for its end', old.id;
    end if;
    return new;
end
$$;

create trigger subscriptions_only_end
    before update or delete on subscriptions
    for each row execute function subscriptions_only_end();

-- Emptying a table asks no trigger for its rows.
create trigger invoices_are_never_emptied before truncate on invoices
    for each statement execute function refuse_change();
create trigger invoice_lines_are_never_emptied before truncate on invoice_lines
    for each statement execute function refuse_change();
create trigger invoiced_sessions_are_never_emptied before truncate on invoiced_sessions
    for each statement execute function refuse_change();
create trigger credits_are_never_emptied before truncate on credits
    for each statement execute function refuse_change();
create trigger sealed_events_are_never_emptied before truncate on sealed_events
    for each statement execute function refuse_change();
create trigger events_are_never_emptied before truncate on synced_transaction_events
    for each statement execute function refuse_change();
create trigger plans_are_never_emptied before truncate on plans
    for each statement execute function refuse_change();
create trigger subscriptions_are_never_emptied before truncate on subscriptions
    for each statement execute function refuse_change();
