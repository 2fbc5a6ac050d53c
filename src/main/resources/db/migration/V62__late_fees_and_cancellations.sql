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
