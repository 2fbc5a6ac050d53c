-- What went wrong in sync is kept as a reason by name with its parts, {"kind", "parts", "detail"} (module sync); its words
-- are made where it is shown. What was kept before as words alone keeps them.

alter table sync_errors
    alter column reason drop not null,
    add column fault jsonb,
    add constraint sync_errors_have_words_or_a_fault check (num_nonnulls(reason, fault) = 1);

alter table sync_reads
    add column last_fault     jsonb,
    -- Beside conflict, which then repeats its kind.
    add column conflict_fault jsonb;

alter table sync_cursor
    -- Beside paused_reason, which then repeats its kind.
    add column pause_fault jsonb;

-- Errors that are over once SteVe answers again, or that the pause tells, are recognised by their kind.
update sync_errors e
   set reason = null, fault = jsonb_build_object('kind', 'STEVE_RESTS', 'parts', '[]'::jsonb)
 where reason = 'SteVe is not asked for a while: its last answers were not usable';

update sync_errors e
   set reason = null,
       fault = jsonb_build_object('kind', 'STEVE_' || f.found[1], 'parts', '[]'::jsonb, 'detail', f.found[2])
  from (select id, regexp_match(reason, '^SteVe gave no usable answer \((NOT_AUTHORISED|TIMEOUT|UNREACHABLE|SERVER_ERROR|UNREADABLE|TOO_LARGE|REFUSED)\): (.*)$') as found
          from sync_errors where reason like 'SteVe gave no usable answer (%') f
 where e.id = f.id and f.found is not null;

update sync_errors
   set reason = null, fault = jsonb_build_object('kind', 'DISCOVERY_FAILED', 'parts', '[]'::jsonb)
 where reason = 'Discovery failed; the log has the details';

update sync_errors e
   set reason = null,
       fault = jsonb_build_object('kind', 'VANISHED',
                                  'parts', jsonb_build_array(f.found[1]::bigint, f.found[2]::bigint))
  from (select id, regexp_match(reason, '^(\d{1,12}) of (\d{1,12}) transactions of the last 90 days are not in SteVe any more\. ') as found
          from sync_errors where reason like '% transactions of the last 90 days are not in SteVe any more. %') f
 where e.id = f.id and f.found is not null;

-- Why a closed transaction has no closing reading (module sessions): missing or below_start.
update transaction_sync_state
   set closing_problem = case when stop_value_wh is null then 'missing' else 'below_start' end
 where closing_problem is not null;
