-- Fees per session and minute (module billing). The sessions and minutes that invoices charged; what changes afterwards
-- is one more row with the difference, negative for what is taken back.
create table sealed_session_usage (
    id                   bigint generated always as identity primary key,
    steve_transaction_id bigint         not null references transaction_sync_state,
    subscription_id      bigint         not null references subscriptions,
    period_from          timestamptz    not null,
    -- The charge of the plan and the filter of the charge by their places from 0; no filter = what none matches.
    charge               smallint       not null check (charge >= 0),
    filter               smallint check (filter >= 0),
    -- Sessions, or minutes after grace time and cap.
    quantity             numeric(14, 6) not null check (quantity <> 0),
    -- What ranks before it in its period, charge and filter.
    before_quantity      numeric(14, 6) not null,
    sealed_at            timestamptz    not null
);

create index sealed_session_usage_session on sealed_session_usage (steve_transaction_id);
create index sealed_session_usage_period on sealed_session_usage (subscription_id, period_from);

create trigger sealed_session_usage_never_changes
    before update or delete on sealed_session_usage
    for each row execute function refuse_change();

create trigger sealed_session_usage_is_not_truncated
    before truncate on sealed_session_usage
    for each statement execute function refuse_change();

-- The revision up to which an invoice has a session's fees; of a later one it is compared again.
create table session_usage_seals (
    steve_transaction_id bigint primary key references transaction_sync_state,
    revision             bigint      not null,
    -- Since when the session has a later revision; kept by a trigger.
    changed_at           timestamptz
);

create index session_usage_seals_changed on session_usage_seals (changed_at) where changed_at is not null;

create function session_with_fees_changed() returns trigger language plpgsql as $$
begin
    update session_usage_seals set changed_at = new.updated_at
     where steve_transaction_id = new.steve_transaction_id and changed_at is null;
    return null;
end
$$;

create trigger sessions_with_fees_are_compared_again
    after update of revision on transaction_sync_state
    for each row when (new.is_finalized and old.revision <> new.revision)
    execute function session_with_fees_changed();

-- Whether energy of the session was split over a boundary of prices.
alter table session_price add column is_split boolean not null default false;
