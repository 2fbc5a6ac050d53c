-- Market prices (module billing). A price that was replaced stays, so that energy keeps the price it was invoiced with.

create table price_series (
    id             bigint      generated always as identity primary key,
    code           text        not null unique check (code ~ '^[a-z0-9][a-z0-9_-]{0,62}$'),
    name           text        not null check (length(name) between 1 and 100),
    currency       text        not null,
    -- The unit in which prices are given and shown; they are stored per kWh.
    unit           text        not null check (unit in ('kwh', 'mwh')),
    created_at     timestamptz not null,
    -- The last poll of its address, if the settings name one, and why it failed.
    polled_at      timestamptz,
    poll_failure   text,
    failing_since  timestamptz,
    constraint price_series_fail_completely check ((poll_failure is null) = (failing_since is null))
);

create table series_prices (
    id          bigint          generated always as identity primary key,
    series_id   bigint          not null references price_series,
    from_at     timestamptz     not null,
    to_at       timestamptz     not null,
    -- In the main unit of the series' currency; may be negative.
    per_kwh     numeric(24, 13) not null,
    recorded_at timestamptz     not null,
    replaced_at timestamptz,
    constraint series_prices_end_after_they_begin check (to_at > from_at),
    constraint series_prices_are_replaced_later check (replaced_at >= recorded_at),
    constraint series_prices_one_at_a_time exclude using gist
        (int8range(series_id, series_id, '[]') with &&, tstzrange(from_at, to_at) with &&)
        where (replaced_at is null)
);
create index series_prices_by_time on series_prices (series_id, from_at);

create function series_prices_are_only_replaced() returns trigger language plpgsql as $$
begin
    if tg_op <> 'UPDATE' or old.replaced_at is not null
       or (old.id, old.series_id, old.from_at, old.to_at, old.per_kwh, old.recorded_at)
          is distinct from (new.id, new.series_id, new.from_at, new.to_at, new.per_kwh, new.recorded_at) then
        raise exception 'A market price never changes: replace it by another';
    end if;
    return new;
end
$$;
create trigger series_prices_are_only_replaced
    before update or delete on series_prices
    for each row execute function series_prices_are_only_replaced();
create trigger series_prices_are_not_truncated
    before truncate on series_prices
    for each statement execute function refuse_change();
