-- Who bills whom, and the life of an invoice from its number to its cancellation (module billing).

-- Versions of the issuer; the latest one counts.
create table issuers (
    version             integer primary key check (version > 0),
    legal_name          text        not null check (length(btrim(legal_name)) between 1 and 200),
    street              text        not null check (length(btrim(street)) between 1 and 200),
    extra               text        check (length(btrim(extra)) between 1 and 200),
    postcode            text        not null check (length(btrim(postcode)) between 1 and 20),
    city                text        not null check (length(btrim(city)) between 1 and 200),
    country             char(2)     not null check (country ~ '^[A-Z]{2}$'),
    tax_number          text        check (length(btrim(tax_number)) between 1 and 40),
    vat_id              text        check (vat_id ~ '^[A-Z]{2}[A-Z0-9+*]{2,14}$'),
    register            text        check (length(btrim(register)) between 1 and 200),
    contact             text        not null check (length(btrim(contact)) between 1 and 200),
    email               text        not null check (email like '_%@_%'),
    phone               text        check (length(btrim(phone)) between 3 and 40),
    account_holder      text        check (length(btrim(account_holder)) between 1 and 70),
    iban                text        check (iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'),
    bic                 text        check (bic ~ '^[A-Z0-9]{8}([A-Z0-9]{3})?$'),
    logo_type           text        check (logo_type in ('image/png', 'image/jpeg')),
    logo                bytea       check (length(logo) between 1 and 204800),
    footer              text        check (length(btrim(footer)) between 1 and 1000),
    days_to_pay         integer     not null check (days_to_pay between 0 and 365),
    number_format       text        not null check (number_format like '%{number%'),
    vat_note            text        not null check (vat_note in ('none', 'small_business', 'reverse_charge')),
    -- Days past the due day after which an unpaid invoice is brought to mind; null = never.
    reminder_after_days integer     check (reminder_after_days between 1 and 365),
    saved_at            timestamptz not null,
    saved_by            bigint      not null references accounts,
    constraint an_issuer_is_known_to_a_tax_office check (num_nonnulls(tax_number, vat_id) > 0),
    constraint an_account_has_a_holder check (num_nonnulls(account_holder, iban) in (0, 2)),
    constraint a_bic_belongs_to_an_account check (bic is null or iban is not null),
    constraint a_logo_has_a_type check (num_nonnulls(logo_type, logo) in (0, 2))
);

create trigger issuers_never_change before update or delete on issuers
    for each row execute function refuse_change();
create trigger issuers_are_never_emptied before truncate on issuers
    for each statement execute function refuse_change();

-- Where a driver's invoices go. Without a row: the account's name, and no address.
create table billing_addresses (
    driver_id       bigint primary key references accounts,
    kind            text        not null check (kind in ('person', 'company')),
    name            text        not null check (length(btrim(name)) between 1 and 200),
    street          text        not null check (length(btrim(street)) between 1 and 200),
    extra           text        check (length(btrim(extra)) between 1 and 200),
    postcode        text        not null check (length(btrim(postcode)) between 1 and 20),
    city            text        not null check (length(btrim(city)) between 1 and 200),
    country         char(2)     not null check (country ~ '^[A-Z]{2}$'),
    vat_id          text        check (vat_id ~ '^[A-Z]{2}[A-Z0-9+*]{2,14}$'),
    order_reference text        check (length(btrim(order_reference)) between 1 and 100),
    updated_at      timestamptz not null
);

-- An invoice is drawn up: it has its number, its events are sealed, its lines stand. It is finalized: it has its parties
-- and goes out. In between it is prepared. The issuer's version never changes, so it is as good as a copy.
alter table invoices rename column finalized_at to drawn_up_at;

alter table invoices
    add column finalized_at              timestamptz,
    add column issuer_version            integer references issuers,
    add column recipient_kind            text check (recipient_kind in ('person', 'company')),
    add column recipient_street          text,
    add column recipient_extra           text,
    add column recipient_postcode        text,
    add column recipient_city            text,
    add column recipient_country         char(2),
    add column recipient_vat_id          text,
    add column recipient_order_reference text,
    -- Numbers: the invoice that this cancellation credits; the cancellation of this invoice; the one that it replaces.
    add column cancels                   text unique references invoices (number),
    add column cancelled_by              text unique references invoices (number),
    add column replaces                  text unique references invoices (number);

-- Invoices of before are final, with the short names of their parties.
alter table invoices disable trigger user;
update invoices set finalized_at = drawn_up_at where drawn_up_at is not null;
alter table invoices enable trigger user;

alter table invoices drop constraint invoices_kind_check;
alter table invoices
    add constraint invoices_kind_check check (kind in ('start', 'period', 'adjustment', 'cancellation')),
    add constraint a_final_invoice_was_drawn_up check (finalized_at is null or drawn_up_at is not null),
    add constraint parties_come_together check (
        (issuer_version is null) = (recipient_kind is null) and (issuer_version is null or finalized_at is not null)),
    add constraint recipients_have_whole_addresses check (
        num_nonnulls(recipient_street, recipient_postcode, recipient_city, recipient_country) in (0, 4)
        and (recipient_street is not null or recipient_extra is null)
        and (recipient_kind is not null
             or num_nonnulls(recipient_street, recipient_vat_id, recipient_order_reference) = 0)),
    add constraint a_cancellation_cancels check ((kind = 'cancellation') = (cancels is not null)),
    add constraint a_cancellation_replaces_nothing check (kind <> 'cancellation' or replaces is null),
    add constraint only_final_invoices_are_cancelled check (
        cancelled_by is null or finalized_at is not null and kind <> 'cancellation');

-- A period is invoiced once; a replacement takes the place of a cancelled invoice.
drop index invoices_once;
create unique index invoices_once on invoices (subscription_id, kind, period_from)
    where kind not in ('adjustment', 'cancellation') and replaces is null;
create index invoices_prepared on invoices (id) where drawn_up_at is not null and finalized_at is null;
create index invoices_finalized on invoices (finalized_at) where finalized_at is not null;
-- Those that waited for an issuer: their day of issue is later than that of their number.
create index invoices_finalized_late on invoices (finalized_at) where finalized_at > drawn_up_at;

create or replace function invoices_are_final() returns trigger language plpgsql as $$
declare
    may_change text[] := '{}';
begin
    if tg_op = 'DELETE' then
        raise exception 'Invoice % cannot be removed', old.id;
    end if;
    if old.drawn_up_at is null then
        return new;
    end if;
    if old.paid_at is null then
        may_change := may_change || '{paid_at}'::text[];
    end if;
    if old.cancelled_by is null then
        may_change := may_change || '{cancelled_by}'::text[];
    end if;
    if old.finalized_at is null and new.finalized_at is not null and new.issuer_version is not null then
        may_change := may_change || '{finalized_at,issued_on,due_on,issuer,issuer_version,recipient_kind,recipient_name}'::text[]
            || '{recipient_email,recipient_street,recipient_extra,recipient_postcode,recipient_city}'::text[]
            || '{recipient_country,recipient_vat_id,recipient_order_reference}'::text[];
        -- An issuer that charges no VAT takes it off; the net amount stays.
        if new.vat_rate = 0 and new.vat = 0 then
            may_change := may_change || '{vat_rate,vat,total}'::text[];
        end if;
    end if;
    if to_jsonb(new) - may_change is distinct from to_jsonb(old) - may_change then
        raise exception
            'Invoice % is final: nothing but its parties, being paid and its cancellation can be added, each once',
            old.number;
    end if;
    return new;
end
$$;

create or replace function invoice_parts_are_final() returns trigger language plpgsql as $$
begin
    if tg_op <> 'INSERT' or exists (select from invoices where id = new.invoice_id and drawn_up_at is not null) then
        raise exception '% on % is refused: the lines of a numbered invoice never change', tg_op, tg_table_name;
    end if;
    return new;
end
$$;

-- Nothing is to be paid of an invoice that was cancelled before it was paid, nor of the cancellation of a credit note.
create function invoice_state(kind text, paid_at timestamptz, total numeric, cancelled_by text)
    returns text immutable language sql
return case when paid_at is not null then 'PAID'
            when total <= 0 or cancelled_by is not null or kind = 'cancellation' then 'SETTLED' else 'UNPAID' end;

drop trigger invoices_add_up on invoices;
drop trigger final_invoices_add_up on invoices;

-- Rows in the order of their key, one for each state.
create or replace function invoices_add_up() returns trigger language plpgsql as $$
begin
    insert into invoice_months as m (month, currency, state, invoices, net, vat, total)
    select date_trunc('month', c.issued_on)::date as month, new.currency, c.state, sum(c.sign),
           sum(c.sign * c.net), sum(c.sign * c.vat), sum(c.sign * c.total)
      from (select new.issued_on, invoice_state(new.kind, new.paid_at, new.total, new.cancelled_by) as state,
                   1 as sign, new.net, new.vat, new.total
            union all
            select old.issued_on, invoice_state(old.kind, old.paid_at, old.total, old.cancelled_by), -1, old.net,
                   old.vat, old.total
             where old.drawn_up_at is not null) c
     group by 1, c.state
     order by 1, c.state
    on conflict (month, currency, state) do update
       set invoices = m.invoices + excluded.invoices, net = m.net + excluded.net,
           vat = m.vat + excluded.vat, total = m.total + excluded.total;
    return null;
end
$$;

create trigger invoices_add_up
    after update on invoices
    for each row when (new.drawn_up_at is not null
        and (old.drawn_up_at is null or old.total <> new.total or old.issued_on <> new.issued_on
             or invoice_state(old.kind, old.paid_at, old.total, old.cancelled_by)
                <> invoice_state(new.kind, new.paid_at, new.total, new.cancelled_by)))
    execute function invoices_add_up();

create trigger final_invoices_add_up
    after insert on invoices
    for each row when (new.drawn_up_at is not null)
    execute function invoices_add_up();

drop function invoice_state(timestamptz, numeric);

drop index invoices_unpaid;
drop index invoices_settled;
create index invoices_unpaid on invoices (drawn_up_at desc, id desc)
    where drawn_up_at is not null and paid_at is null and total > 0 and cancelled_by is null
      and kind <> 'cancellation';
create index invoices_settled on invoices (drawn_up_at desc, id desc)
    where drawn_up_at is not null and paid_at is null 
      and (total <= 0 or cancelled_by is not null or kind = 'cancellation');
