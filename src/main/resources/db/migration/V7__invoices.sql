-- Invoices, what they hold, and what will be on the next one (module billing).

create index sealed_events_period on sealed_events (subscription_id, period_from);

-- The year's last number; held until the invoice is there, so that numbers have no gaps.
create table invoice_numbers (
    year        integer primary key,
    last_number integer not null
);

create table invoices (
    id              bigint generated always as identity primary key,
    driver_id       bigint         not null references accounts,
    subscription_id bigint references subscriptions,
    kind            text           not null check (kind in ('start', 'period', 'adjustment')),
    period_from     timestamptz    not null,
    period_to       timestamptz    not null,
    currency        char(3)        not null,
    vat_rate        numeric(7, 4)  not null,
    net             numeric(20, 6) not null,
    vat             numeric(20, 6) not null,
    total           numeric(20, 6) not null,
    issuer          text           not null,
    recipient_name  text           not null,
    recipient_email text           not null,
    issued_on       date           not null,
    due_on          date           not null check (due_on >= issued_on),
    created_at      timestamptz    not null,
    -- Both are set when the invoice is finalized; until then it is a draft that no other transaction sees.
    number          text unique,
    finalized_at    timestamptz,
    paid_at         timestamptz,
    check (total = net + vat),
    check ((number is null) = (finalized_at is null))
);

-- A period is invoiced once, whoever tries.
create unique index invoices_once on invoices (subscription_id, kind, period_from) where kind <> 'adjustment';
create index invoices_driver on invoices (driver_id, id desc);

create table invoice_lines (
    invoice_id           bigint         not null references invoices,
    position             integer        not null check (position >= 0),
    kind                 text           not null check (kind in
        ('fee', 'energy', 'session', 'other_sessions', 'adjustment', 'credit', 'rounding')),
    steve_transaction_id bigint references transaction_sync_state,
    text                 text           not null,
    energy_kwh           numeric(14, 6),
    unit_price           numeric,
    amount               numeric(20, 6) not null,
    primary key (invoice_id, position)
);

create index invoice_lines_session on invoice_lines (steve_transaction_id) where steve_transaction_id is not null;

-- Which sessions an invoice has events of, also those that cost nothing.
create table invoiced_sessions (
    steve_transaction_id bigint not null references transaction_sync_state,
    invoice_id           bigint not null references invoices,
    primary key (steve_transaction_id, invoice_id)
);

create table credits (
    id                   bigint generated always as identity primary key,
    driver_id            bigint         not null references accounts,
    amount               numeric(20, 6) not null check (amount > 0),
    currency             char(3)        not null,
    reason               text           not null check (length(btrim(reason)) between 1 and 500),
    steve_transaction_id bigint references transaction_sync_state,
    granted_by           bigint references accounts,
    created_at           timestamptz    not null,
    invoice_id           bigint references invoices
);

create index credits_open on credits (driver_id) where invoice_id is null;

-- When a subscription's next invoice is due; -infinity = to be found out, the year 9999 = there will be none.
create table invoice_schedule (
    subscription_id  bigint primary key references subscriptions,
    due_at           timestamptz not null default '-infinity',
    -- Until when energy of this subscription was invoiced; what arrives later is an adjustment.
    invoiced_through timestamptz,
    -- What was charged in advance for the period that starts then.
    advance_for      timestamptz,
    advance_fee      numeric(20, 6),
    -- Why the invoice that is due is not drawn up.
    held_because     text
);

create index invoice_schedule_due on invoice_schedule (due_at);

create function invoices_are_final() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        raise exception 'Invoice % cannot be removed', old.id;
    end if;
    if old.finalized_at is not null
            and (old.paid_at is not null or to_jsonb(new) - 'paid_at' is distinct from to_jsonb(old) - 'paid_at') then
        raise exception 'Invoice % is final: nothing but being paid can be added', old.number;
    end if;
    return new;
end
$$;

create trigger invoices_are_final
    before update or delete on invoices
    for each row execute function invoices_are_final();

create function invoice_parts_are_final() returns trigger language plpgsql as $$
begin
    if tg_op <> 'INSERT' or exists (select from invoices where id = new.invoice_id and finalized_at is not null) then
        raise exception '% on % is refused: a finalized invoice never changes', tg_op, tg_table_name;
    end if;
    return new;
end
$$;

create trigger invoice_lines_are_final
    before insert or update or delete on invoice_lines
    for each row execute function invoice_parts_are_final();

create trigger invoiced_sessions_are_final
    before insert or update or delete on invoiced_sessions
    for each row execute function invoice_parts_are_final();

create function credits_are_given_once() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' or old.invoice_id is not null
            or to_jsonb(new) - 'invoice_id' is distinct from to_jsonb(old) - 'invoice_id' then
        raise exception 'Credit % never changes', old.id;
    end if;
    return new;
end
$$;

create trigger credits_are_given_once
    before update or delete on credits
    for each row execute function credits_are_given_once();

-- The end of a subscription decides when it is invoiced for the last time.
create function subscription_is_scheduled() returns trigger language plpgsql as $$
begin
    insert into invoice_schedule (subscription_id) values (new.id)
    on conflict (subscription_id) do update set due_at = '-infinity';
    return null;
end
$$;

insert into invoice_schedule (subscription_id) select id from subscriptions;

create trigger subscriptions_are_scheduled
    after insert or update on subscriptions
    for each row execute function subscription_is_scheduled();
