-- Whose name the last invoices of a deleted account bear (module billing); forgotten as soon as nothing is to be invoiced.
create table billing_recipients (
    driver_id bigint primary key references accounts,
    name      text not null,
    email     text not null
);

-- That a session has no price is kept as well as a price: otherwise it is computed anew each time.
alter table session_price
    drop constraint session_price_coverage_check,
    alter column amount drop not null,
    add constraint an_unknown_price_has_no_amount
        check (coverage in ('INCLUDED', 'BILLED', 'UNKNOWN') and (amount is null) = (coverage = 'UNKNOWN'));

-- One that was to begin later and does not ends where it starts.
alter table subscriptions
    drop constraint subscriptions_end_after_they_start,
    add constraint subscriptions_do_not_end_before_they_start check (ended_at >= started_at);
