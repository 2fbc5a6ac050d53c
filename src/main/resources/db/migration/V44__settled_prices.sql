-- Of a driver's kept prices, an invoice or a change of plan forgets only those that may change (module billing): sealed
-- events keep their price, so a session of these alone does, too.
create index session_price_open on session_price (driver_id) where estimate or amount is null;

create or replace function forget_prices(driver bigint, since timestamptz) returns void language sql as $$
    insert into billing_versions as v (driver_id, version) values (driver, 1)
    on conflict (driver_id) do update set version = v.version + 1;
    delete from session_price p
     where since > '-infinity' and p.driver_id = driver and p.until >= since;
    delete from session_price p
     where since = '-infinity' and p.driver_id = driver and (p.estimate or p.amount is null);
$$;
