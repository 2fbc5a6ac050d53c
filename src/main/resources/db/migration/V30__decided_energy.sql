-- Operators' words about the energy of a session (module sessions).

-- Implausible energy that was confirmed by its position is real for metering, too.
update transaction_sync_state s
   set jumps_real_until = e.measured_at
  from confirmed_energy c
  join synced_transaction_events e
    on e.steve_transaction_id = c.steve_transaction_id and e.position = c.up_to_position
 where s.steve_transaction_id = c.steve_transaction_id and s.jumps_real_until is null;

-- The first page of a search for sessions whose energy was decided; the condition is that of SessionTrait.
create index transaction_sync_state_decided on transaction_sync_state (started_at desc, steve_transaction_id desc)
    where decided_energy_wh is not null;
