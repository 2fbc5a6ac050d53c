-- Invoices added up by the month of their issue (module billing), so that neither sums nor charts read all of them.

create table invoice_months (
    -- The first day of the month.
    month    date           not null check (extract(day from month) = 1),
    currency char(3)        not null,
    -- Paid; nothing to pay; or to be paid, due or overdue.
    state    text           not null check (state in ('PAID', 'SETTLED', 'UNPAID')),
    invoices bigint         not null,
    net      numeric        not null,
    vat      numeric        not null,
    total    numeric        not null,
    primary key (month, currency, state)
);

create function invoice_state(paid_at timestamptz, total numeric) returns text immutable language sql
return case when paid_at is not null then 'PAID' when total <= 0 then 'SETTLED' else 'UNPAID' end;

-- A node of an older version may still write.
lock table invoices in share row exclusive mode;

insert into invoice_months (month, currency, state, invoices, net, vat, total)
select date_trunc('month', issued_on)::date, currency, invoice_state(paid_at, total), count(*), sum(net), sum(vat), sum(total)
  from invoices
 where finalized_at is not null
 group by 1, 2, 3;

-- Rows in the order of their key: first where the invoice comes to, or leaves, whichever is the smaller state.
create function invoices_add_up() returns trigger language plpgsql as $$
begin
    insert into invoice_months as m (month, currency, state, invoices, net, vat, total)
    select date_trunc('month', new.issued_on)::date, new.currency, c.state, c.sign,
           c.sign * new.net, c.sign * new.vat, c.sign * new.total
      from (select invoice_state(new.paid_at, new.total) as state, 1 as sign
            union all
            select invoice_state(old.paid_at, old.total), -1 where old.finalized_at is not null) c
     order by c.state
    on conflict (month, currency, state) do update
       set invoices = m.invoices + excluded.invoices, net = m.net + excluded.net,
           vat = m.vat + excluded.vat, total = m.total + excluded.total;
    return null;
end
$$;

create trigger invoices_add_up
    after update on invoices
    for each row when (new.finalized_at is not null
        and (old.finalized_at is null or invoice_state(old.paid_at, old.total) <> invoice_state(new.paid_at, new.total)))
    execute function invoices_add_up();

create trigger final_invoices_add_up
    after insert on invoices
    for each row when (new.finalized_at is not null)
    execute function invoices_add_up();

-- The latest invoices of a state; each invoice is in one of these.
create index invoices_unpaid on invoices (finalized_at desc, id desc)
    where finalized_at is not null and paid_at is null and total > 0;
create index invoices_settled on invoices (finalized_at desc, id desc)
    where finalized_at is not null and paid_at is null and total <= 0;
create index invoices_paid on invoices (finalized_at desc, id desc)
    where finalized_at is not null and paid_at is not null;

-- Whom invoices are for: a search reads each name once, then the latest invoices of those that match.
create index invoices_recipient on invoices (recipient_name, recipient_email, finalized_at desc, id desc)
    where finalized_at is not null;
create index invoices_number_prefix on invoices (number text_pattern_ops) where finalized_at is not null;

-- Sums by the month replace it.
drop index invoices_issued;
