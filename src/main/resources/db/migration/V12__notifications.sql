-- What people are told (module notifications).

create table notifications (
    id                   bigint generated always as identity primary key,
    account_id           bigint      not null references accounts,
    kind                 text        not null check (kind in
        ('session_ended', 'session_interrupted', 'car_full', 'invoice_ready')),
    steve_transaction_id bigint references transaction_sync_state,
    invoice_number       text,
    created_at           timestamptz not null,
    -- Whether it is shown in the portal; one that is not stays as the memory that it was told.
    in_portal            boolean     not null,
    read_at              timestamptz,
    constraint a_notification_is_about_one_thing
        check ((kind = 'invoice_ready') = (invoice_number is not null)
           and (kind <> 'invoice_ready') = (steve_transaction_id is not null))
);

-- A session ends once, by itself or interrupted; its car is full once; an invoice is ready once.
create unique index notifications_of_an_end on notifications (steve_transaction_id)
    where kind in ('session_ended', 'session_interrupted');
create unique index notifications_of_a_full_car on notifications (steve_transaction_id) where kind = 'car_full';
create unique index notifications_of_an_invoice on notifications (invoice_number) where kind = 'invoice_ready';
create index notifications_shown on notifications (account_id, id desc) where in_portal;
create index notifications_unread on notifications (account_id) where in_portal and read_at is null;

-- What somebody does not want; no row = both ways.
create table notification_choices (
    account_id bigint  not null references accounts,
    kind       text    not null check (kind in ('session_ended', 'session_interrupted', 'car_full', 'invoice_ready')),
    by_mail    boolean not null,
    in_portal  boolean not null,
    primary key (account_id, kind)
);

create index transaction_sync_state_stop on transaction_sync_state (stopped_at) where stopped_at is not null;
create index invoices_finalized on invoices (finalized_at) where finalized_at is not null;
