-- How far a kilowatt-hour takes the car, for who wants to read energy as distance (module accounts).
alter table accounts
    add column distance_unit text check (distance_unit in ('KM', 'MI')),
    -- KM: kWh per 100 km; MI: miles per kWh.
    add column consumption   numeric(5, 2),
    add constraint a_distance_has_a_consumption check (
        case distance_unit
            when 'KM' then coalesce(consumption between 5 and 200, false)
            when 'MI' then coalesce(consumption between 0.3 and 15, false)
            else consumption is null
        end);

-- Another card at the same connector is a start of its own (module chargers).
drop index remote_starts_by_connector;
create unique index remote_starts_by_connector
    on remote_starts (driver_id, lower(charge_box), connector_id, ev_card_id) nulls not distinct;
