-- Groups of drivers with a discount, or with a plan for all members (module billing).

create table driver_groups (
    code             text primary key check (code ~ '^[A-Za-z0-9][A-Za-z0-9_-]{0,49}$'),
    name             text          not null check (length(name) between 1 and 100),
    -- On the energy and usage of a billing period.
    discount_percent numeric(5, 2) not null check (discount_percent between 0 and 100),
    -- Offered when the members get a plan; plans have versions, so no reference to a row.
    plan_code        text,
    created_at       timestamptz   not null
);

create table driver_group_members (
    id           bigint generated always as identity primary key,
    group_code   text        not null references driver_groups,
    driver_id    bigint      not null references accounts,
    member_from  timestamptz not null,
    member_until timestamptz check (member_until > member_from),
    constraint driver_group_members_one_group_at_a_time exclude using gist
        (int8range(driver_id, driver_id, '[]') with &&, tstzrange(member_from, member_until) with &&)
);

create index driver_group_members_group on driver_group_members (group_code, id);
create index driver_group_members_driver on driver_group_members (driver_id, member_from);

-- The discount that the invoice of a billing period has given. Energy that arrives late or is taken back is discounted
-- by the same percentage, whatever becomes of the group.
create table period_discounts (
    subscription_id bigint         not null references subscriptions,
    period_from     timestamptz    not null,
    group_name      text           not null,
    percent         numeric(5, 2)  not null check (percent > 0 and percent <= 100),
    -- Rounded energy, usage and adjustments of the period on all invoices so far, before the discount.
    charged         numeric(18, 4) not null,
    primary key (subscription_id, period_from)
);

-- Drivers see the discount of their group on pages that are kept for as long as their version stands.
create trigger note_members_that_change
    after insert or update or delete on driver_group_members
    for each row execute function note_changed_driver();

create constraint trigger members_change
    after insert or update or delete on driver_group_members deferrable initially deferred
    for each row execute function driver_changed();
