-- How far the import of what lies above the mark has come, so that a start in the middle of it goes on where it was.

alter table sync_cursor
    -- Ids from catch_up_below up to catch_up_top are there; null = nothing is being caught up with.
    add column catch_up_top   bigint,
    add column catch_up_below bigint,
    -- For operators: how many transactions were found, and how many of them are still to be listed.
    add column catch_up_found integer,
    add column catch_up_left  integer,
    add constraint a_catch_up_is_told_whole
        check (num_nonnulls(catch_up_top, catch_up_below, catch_up_found, catch_up_left) in (0, 4));
