-- Statements of energy charged at home, for a driver's employer (module billing).

create table reimbursement_terms (
    driver_id         bigint      primary key references accounts,
    employer          text        not null check (length(employer) <= 200),
    vehicle           text        not null check (length(vehicle) <= 200),
    plate             text        not null check (length(plate) <= 50),
    reference         text        not null check (length(reference) <= 100),
    -- The employer's address; statements go there only after the driver has agreed to it.
    send_to           text        check (length(send_to) between 3 and 320),
    send_to_agreed_at timestamptz check (send_to_agreed_at is null or send_to is not null),
    changed_at        timestamptz not null,
    -- The driver's version and the last month that the job has looked at; null = it has to look.
    looked_at_version bigint,
    looked_through    date
);

create table reimbursement_rates (
    driver_id bigint         not null references reimbursement_terms on delete cascade,
    -- Days in the driver's time zone, both inclusive; without a last day it is valid until further notice.
    from_day  date           not null,
    to_day    date           check (to_day >= from_day),
    -- An agreed amount, or what a kWh costs the household.
    kind      text           not null check (kind in ('fixed', 'household')),
    amount    numeric(12, 6) not null check (amount > 0),
    currency  char(3)        not null,
    primary key (driver_id, from_day),
    constraint reimbursement_rates_one_at_a_time exclude using gist
        (int8range(driver_id, driver_id, '[]') with &&, daterange(from_day, to_day, '[]') with &&)
);

-- Where a driver's sessions count as charged at home: at a charge box, or with a card.
create table home_marks (
    driver_id     bigint not null references reimbursement_terms on delete cascade,
    charge_box_id text check (charge_box_id = lower(charge_box_id)),
    ev_card_id    bigint references ev_cards,
    constraint a_home_mark_is_a_charge_box_or_a_card check (num_nonnulls(charge_box_id, ev_card_id) = 1),
    constraint home_marks_once unique nulls not distinct (driver_id, charge_box_id, ev_card_id)
);

-- The year's last number; held until the statement is there, so that numbers have no gaps.
create table statement_numbers (
    year        integer primary key,
    last_number integer not null
);

create table statements (
    number       text           primary key,
    driver_id    bigint         not null references accounts,
    -- First day of the month in which its sessions ended, in its time zone.
    month        date           not null check (extract(day from month) = 1),
    -- 0 for the month's statement, 1 for its first correction, and so on.
    revision     integer        not null check (revision >= 0),
    corrects     text           references statements,
    locale       text           not null,
    time_zone    text           not null,
    currency     char(3)        not null,
    driver_name  text           not null,
    driver_email text           not null,
    employer     text           not null,
    vehicle      text           not null,
    plate        text           not null,
    reference    text           not null,
    energy_kwh   numeric(14, 6) not null,
    total        numeric(20, 6) not null,
    -- Sessions of the month that are not on it, because their energy is being checked.
    left_out     integer        not null check (left_out >= 0),
    drawn_up_at  timestamptz    not null,
    -- A month is stated once, and corrected in order, whatever node does it.
    constraint statements_once unique (driver_id, month, revision),
    constraint a_correction_names_its_statement check ((revision = 0) = (corrects is null))
);

create table statement_lines (
    statement_number     text           not null references statements deferrable initially deferred,
    position             integer        not null check (position >= 0),
    steve_transaction_id bigint         not null references transaction_sync_state,
    charge_box_id        text           not null,
    charger_name         text           not null,
    started_at           timestamptz    not null,
    ended_at             timestamptz    not null,
    meter_start_wh       numeric(18, 3) not null,
    meter_stop_wh        numeric(18, 3),
    -- How the energy follows from the meter: its difference, an operator's decision, the readings without a stop
    -- value; or the session is no longer the driver's.
    basis                text           not null check (basis in ('meter', 'decided', 'readings', 'withdrawn')),
    energy_kwh           numeric(14, 6) not null check (energy_kwh >= 0),
    rate                 numeric(12, 6) not null check (rate > 0),
    rate_kind            text           not null check (rate_kind in ('fixed', 'household')),
    -- What earlier statements of the month have for the session; absent if none has it.
    stated_kwh           numeric(14, 6),
    stated_rate          numeric(12, 6),
    amount               numeric(20, 6) not null,
    primary key (statement_number, position),
    unique (statement_number, steve_transaction_id),
    constraint a_line_is_the_difference_of_the_meter check (
        basis <> 'meter' or energy_kwh = (meter_stop_wh - meter_start_wh) / 1000 and meter_stop_wh is not null),
    constraint a_withdrawn_session_has_no_energy check (basis <> 'withdrawn' or energy_kwh = 0),
    constraint a_difference_has_both_parts check ((stated_kwh is null) = (stated_rate is null))
);

create index statement_lines_session on statement_lines (steve_transaction_id);

-- The PDF as it was first rendered.
create table statement_pdfs (
    statement_number text  primary key references statements,
    pdf              bytea not null
);

-- Lines are written before their statement: once it is there, it is complete.
create function statement_lines_are_final() returns trigger language plpgsql as $$
begin
    if exists (select from statements where number = new.statement_number) then
        raise exception 'Statement % is final: it gets no further line', new.statement_number;
    end if;
    return new;
end
$$;

create trigger statement_lines_come_before_their_statement before insert on statement_lines
    for each row execute function statement_lines_are_final();

create trigger statements_never_change before update or delete on statements
    for each row execute function refuse_change();
create trigger statements_are_never_emptied before truncate on statements
    for each statement execute function refuse_change();
create trigger statement_lines_never_change before update or delete on statement_lines
    for each row execute function refuse_change();
create trigger statement_lines_are_never_emptied before truncate on statement_lines
    for each statement execute function refuse_change();
create trigger statement_pdfs_never_change before update or delete on statement_pdfs
    for each row execute function refuse_change();
create trigger statement_pdfs_are_never_emptied before truncate on statement_pdfs
    for each statement execute function refuse_change();
