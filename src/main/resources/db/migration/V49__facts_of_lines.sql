-- What people read on an invoice line (module billing): the session's facts, the name of a band, usage and discounts.

alter table invoice_lines
    -- A time band, a place or a price series; absent for energy and usage at any time and place.
    add column band_name    text,
    -- Usage: a billable metric, and how many sessions or minutes.
    add column metric       text
        check (metric in ('session', 'connected_minutes', 'charging_minutes', 'idle_minutes')),
    add column quantity     numeric(14, 6),
    -- A discount: the drivers' group and its percentage.
    add column group_name   text,
    add column percent      numeric(7, 4),
    -- A session's facts as they were when the invoice was drawn up; absent on older lines.
    add column started_at   timestamptz,
    add column ended_at     timestamptz,
    add column charger_name text,
    add column place        text,
    add column card_label   text;

alter table invoice_lines drop constraint invoice_lines_kind_check;
alter table invoice_lines add constraint invoice_lines_kind_check check (kind in
    ('fee', 'energy', 'usage', 'discount', 'session', 'other_sessions', 'adjustment', 'credit', 'rounding'));

alter table invoice_lines drop constraint invoice_lines_are_words_or_columns;
alter table invoice_lines add constraint invoice_lines_have_bands check (
    num_nonnulls(band_name) = 0 or kind in ('energy', 'usage'));
alter table invoice_lines add constraint invoice_lines_have_usage check (
    num_nonnulls(metric, quantity) = case when kind = 'usage' then 2 else 0 end);
alter table invoice_lines add constraint invoice_lines_have_discounts check (
    num_nonnulls(group_name, percent) = case when kind = 'discount' then 2 else 0 end);
alter table invoice_lines add constraint invoice_lines_have_facts check (
    case when kind in ('session', 'adjustment') and text is null
         then started_at is not null or num_nonnulls(ended_at, charger_name, place, card_label) = 0
         else num_nonnulls(started_at, ended_at, charger_name, place, card_label) = 0 end);
alter table invoice_lines add constraint invoice_lines_are_words_or_columns check (
    case when text is not null then num_nonnulls(plan_name, first_day, last_day, above_kwh, up_to_kwh, sessions, reason) = 0
         when kind = 'fee' then num_nonnulls(plan_name, first_day, last_day) in (0, 3)
                            and num_nonnulls(above_kwh, up_to_kwh, sessions, reason) = 0
         when kind = 'energy' then num_nonnulls(above_kwh, up_to_kwh) > 0
                               and num_nonnulls(plan_name, first_day, last_day, sessions, reason) = 0
         when kind = 'other_sessions' then sessions is not null
                                       and num_nonnulls(plan_name, first_day, last_day, above_kwh, up_to_kwh, reason) = 0
         when kind = 'adjustment' then num_nonnulls(steve_transaction_id, first_day) = 2
                                   and num_nonnulls(plan_name, last_day, above_kwh, up_to_kwh, sessions, reason) = 0
         when kind = 'credit' then reason is not null
                               and num_nonnulls(plan_name, first_day, last_day, above_kwh, up_to_kwh, sessions) = 0
         else num_nonnulls(plan_name, first_day, last_day, above_kwh, up_to_kwh, sessions, reason) = 0
    end);
