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
