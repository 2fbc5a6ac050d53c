-- A statement that is ready (module messages).

alter table notifications add column statement_number text;

alter table notifications drop constraint notifications_kind_check;
alter table notifications add constraint notifications_kind_check check (kind in
    ('session_ended', 'session_interrupted', 'car_full', 'invoice_ready', 'invoice_reminder', 'statement_ready'));

alter table notifications drop constraint a_notification_is_about_one_thing;
alter table notifications add constraint a_notification_is_about_one_thing check (
    (kind in ('invoice_ready', 'invoice_reminder')) = (invoice_number is not null)
    and (kind = 'statement_ready') = (statement_number is not null)
    and (kind not in ('invoice_ready', 'invoice_reminder', 'statement_ready')) = (steve_transaction_id is not null));

create unique index notifications_of_a_statement on notifications (statement_number) where kind = 'statement_ready';

alter table notification_choices drop constraint notification_choices_kind_check;
alter table notification_choices add constraint notification_choices_kind_check check (kind in
    ('session_ended', 'session_interrupted', 'car_full', 'invoice_ready', 'invoice_reminder', 'statement_ready'));
