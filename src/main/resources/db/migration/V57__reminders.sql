-- A driver is reminded once of an invoice that is past its due day (module notifications).

alter table notifications drop constraint notifications_kind_check;
alter table notifications add constraint notifications_kind_check check (kind in
    ('session_ended', 'session_interrupted', 'car_full', 'invoice_ready', 'invoice_reminder'));

alter table notifications drop constraint a_notification_is_about_one_thing;
alter table notifications add constraint a_notification_is_about_one_thing
    check ((kind in ('invoice_ready', 'invoice_reminder')) = (invoice_number is not null)
       and (kind not in ('invoice_ready', 'invoice_reminder')) = (steve_transaction_id is not null));

alter table notification_choices drop constraint notification_choices_kind_check;
alter table notification_choices add constraint notification_choices_kind_check check (kind in
    ('session_ended', 'session_interrupted', 'car_full', 'invoice_ready', 'invoice_reminder'));

create unique index notifications_of_a_reminder on notifications (invoice_number) where kind = 'invoice_reminder';
