-- Included energy of a plan's charges that a billing period had from the one before, from when energy of it was sealed for
-- the first time.
create table rolled_over_energy (
    subscription_id bigint      not null references subscriptions,
    period_from     timestamptz not null,
    charge          integer     not null check (charge >= 0),
    kwh             numeric     not null check (kwh >= 0),
    primary key (subscription_id, period_from, charge)
);

create trigger rolled_over_energy_never_changes
    before update or delete on rolled_over_energy
    for each row execute function refuse_change();
create trigger rolled_over_energy_is_kept
    before truncate on rolled_over_energy
    for each statement execute function refuse_change();
