-- What one node writes is told to all of them (module platform, docs/architecture.md): a notice reaches them when the
-- transaction commits, and names rows. The rows are the truth; a lost notice delays only.

-- Notes a driver and the session that changed, for driver_changed: as ,17:4711,17:,18:*,
create function note_changed(driver bigint, what text) returns void language plpgsql as $$
declare
    noted text := coalesce(nullif(current_setting('polaris.changed_drivers', true), ''), ',');
    one   text;
begin
    -- A notice has room for so many; then it may be any session of the driver.
    one := driver || ':' || case when length(noted) > 4000 and what <> '' then '*' else what end || ',';
    if position(',' || one in noted) = 0 then
        perform set_config('polaris.changed_drivers', noted || one, true);
    end if;
end
$$;

create or replace function note_changed_driver() returns trigger language plpgsql as $$
declare
    driver bigint;
begin
    foreach driver in array array[old.driver_id, new.driver_id] loop
        if driver is not null then
            perform note_changed(driver, '');
        end if;
    end loop;
    return null;
end
$$;

create function note_changed_session() returns trigger language plpgsql as $$
declare
    driver bigint;
begin
    foreach driver in array array[old.driver_id, new.driver_id] loop
        if driver is not null then
            perform note_changed(driver, coalesce(new.steve_transaction_id, old.steve_transaction_id)::text);
        end if;
    end loop;
    return null;
end
$$;

-- The first one to run raises the versions of all drivers that were noted, in ascending order, so that two transactions
-- never wait for each other. Its notice is the driver, and the sessions that changed; * stands for more of them.
create or replace function driver_changed() returns trigger language plpgsql as $$
declare
    noted   text := trim(both ',' from coalesce(current_setting('polaris.changed_drivers', true), ''));
    changed record;
begin
    if noted <> '' then
        perform set_config('polaris.changed_drivers', '', true);
        for changed in
            select split_part(one, ':', 1)::bigint as driver,
                   string_agg(nullif(split_part(one, ':', 2), ''), ' ') as sessions
              from unnest(string_to_array(noted, ',')) one group by 1 order by 1
        loop
            insert into driver_versions as v (driver_id, version) values (changed.driver, 1)
            on conflict (driver_id) do update set version = v.version + 1;
            perform pg_notify('driver_changed', concat_ws(' ', changed.driver, changed.sessions));
        end loop;
    end if;
    return null;
end
$$;

drop trigger note_sessions_that_come_and_go on transaction_sync_state;
create trigger note_sessions_that_come_and_go
    after insert or delete on transaction_sync_state
    for each row execute function note_changed_session();

drop trigger note_sessions_that_go_on on transaction_sync_state;
create trigger note_sessions_that_go_on
    after update on transaction_sync_state
    for each row when ((old.revision, old.driver_id, old.ev_card_id, old.energy_wh, old.is_finalized, old.started_at)
        is distinct from (new.revision, new.driver_id, new.ev_card_id, new.energy_wh, new.is_finalized, new.started_at))
    execute function note_changed_session();

-- An account some of whose access may have ended: its notice is the account.
create function tell_access_ended() returns trigger language plpgsql as $$
begin
    perform pg_notify('access_ended', to_jsonb(old) ->> tg_argv[0]);
    return null;
end
$$;

create trigger tell_access_that_is_revoked
    after update on accounts
    for each row when ((old.access_revision, old.disabled_at, old.role)
        is distinct from (new.access_revision, new.disabled_at, new.role))
    execute function tell_access_ended('id');

create trigger tell_accounts_that_go
    after delete on accounts
    for each row execute function tell_access_ended('id');

create trigger tell_tokens_that_go
    after delete on api_tokens
    for each row execute function tell_access_ended('account_id');

create trigger tell_sign_ins_that_go
    after delete on spring_session
    for each row when (old.principal_name is not null) execute function tell_access_ended('principal_name');

create trigger tell_viewings_that_end
    after update on viewings
    for each row when (old.ended_at is null and new.ended_at is not null)
    execute function tell_access_ended('operator_id');

-- Sync was paused or goes on: its notice is empty.
create function tell_sync_pause() returns trigger language plpgsql as $$
begin
    perform pg_notify('sync_pause', '');
    return null;
end
$$;

create trigger tell_pauses_of_sync
    after update on sync_cursor
    for each row when ((old.operator_paused_at, old.paused_reason)
        is distinct from (new.operator_paused_at, new.paused_reason))
    execute function tell_sync_pause();

-- A remote start has an outcome, or its place is free: its notice is the start.
create function tell_start_ended() returns trigger language plpgsql as $$
begin
    perform pg_notify('start_ended', old.id::text);
    return null;
end
$$;

create trigger tell_starts_with_an_outcome
    after update on remote_starts
    for each row when (old.outcome is null and new.outcome is not null) execute function tell_start_ended();

create trigger tell_starts_that_are_released
    after delete on remote_starts
    for each row execute function tell_start_ended();
