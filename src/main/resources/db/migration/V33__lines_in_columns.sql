-- An invoice line says what it is about in columns (module billing); its words are made where it is shown.

-- Lines of invoices that were final before keep their words, in text. Of a new line text is null, and its kind says which
-- of the columns it has: a fee the plan and its days (none of them: days paid for and not used), energy its band, whose
-- absent bound is infinite, other_sessions how many they are, an adjustment the first day of its period, a credit its reason.
alter table invoice_lines
    alter column text drop not null,
    add column plan_name text,
    add column first_day date,
    add column last_day  date,
    add column above_kwh numeric,
    add column up_to_kwh numeric,
    add column sessions  integer,
    add column reason    text;

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
