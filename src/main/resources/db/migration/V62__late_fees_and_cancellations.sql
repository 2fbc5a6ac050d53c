-- What bills say about things that come late (module billing).

-- An adjustment is about energy, or about a fee per session or minute.
alter table invoice_lines drop constraint invoice_lines_have_bands;
alter table invoice_lines add constraint invoice_lines_have_bands check (
    num_nonnulls(band_name) = 0 or kind in ('energy', 'usage') or kind = 'adjustment' and metric is not null);
alter table invoice_lines drop constraint invoice_lines_have_usage;
alter table invoice_lines add constraint invoice_lines_have_usage check (
    case kind when 'usage' then num_nonnulls(metric, quantity) = 2
              when 'adjustment' then num_nonnulls(metric, quantity) in (0, 2)
              else num_nonnulls(metric, quantity) = 0 end);

-- A cancellation names the day of the invoice that it credits. Its reason is for operators.
alter table invoices
    add column cancels_issued_on date,
    add column cancel_reason     text check (length(btrim(cancel_reason)) between 1 and 500);

alter table invoices disable trigger user;
update invoices c
   set cancels_issued_on = i.issued_on,
       cancel_reason = (select a.details ->> 'reason' from audit_log a
                         where a.action = 'invoice.cancel' and a.subject = 'invoice ' || i.number
                         order by a.id desc limit 1)
  from invoices i
 where i.number = c.cancels;
alter table invoices enable trigger user;

alter table invoices add constraint only_cancellations_have_reasons check (
    (cancels is null) = (cancels_issued_on is null) and (cancels is not null or cancel_reason is null));

-- The billing periods whose energy or fees an invoice has. While the invoice is cancelled and not replaced, what changes
-- in them waits for the replacement.
create table invoiced_periods (
    invoice_id      bigint      not null references invoices,
    subscription_id bigint      not null references subscriptions,
    period_from     timestamptz not null,
    period_to       timestamptz not null check (period_to > period_from),
    primary key (invoice_id, subscription_id, period_from)
);

insert into invoiced_periods (invoice_id, subscription_id, period_from, period_to)
select id, subscription_id, period_from, period_to from invoices where kind = 'period' and drawn_up_at is not null;

-- Adjustments know the first day of their period.
insert into invoiced_periods (invoice_id, subscription_id, period_from, period_to)
select distinct l.invoice_id, p.subscription_id, p.period_from, p.period_to
  from invoice_lines l
  join invoices i on i.id = l.invoice_id and i.kind <> 'cancellation'
  join invoices p on p.driver_id = i.driver_id and p.kind = 'period' and p.currency = i.currency
  join subscriptions s on s.id = p.subscription_id
 where l.kind = 'adjustment' and (p.period_from at time zone s.time_zone)::date = l.first_day
on conflict do nothing;

create trigger invoiced_periods_are_final
    before insert or update or delete on invoiced_periods
    for each row execute function invoice_parts_are_final();

create trigger invoiced_periods_are_never_emptied
    before truncate on invoiced_periods
    for each statement execute function refuse_change();

-- A credit that is open again after a cancellation: the credit that it repeats, which is repeated once.
alter table credits add column repeats bigint unique references credits;
