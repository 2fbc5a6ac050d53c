-- All energy of a driver by the instant whose billing period counts, sealed or not (module billing).
create index synced_transaction_events_usage
    on synced_transaction_events (driver_id, billed_at) include (kwh_delta);
