package express.polaris.testing;

import java.util.List;

/** The statements that write one month of a {@link SealedHistory}. */
final class MonthOfHistory {

    /** Two hours each, evenly spread over the first 27 days of the month. */
    private static final String STATES = """
        insert into transaction_sync_state (steve_transaction_id, charge_box_id, connector_id, ocpp_id_tag,
               ev_card_id, driver_id, started_at, steve_started_at, first_seen_at, start_value_wh, stopped_at,
               steve_stopped_at, stop_seen_at, stop_value_wh, stop_reason, stop_actor, is_finalized, finalized_at,
               energy_wh, measured_wh, last_energy_at, last_reading_at, sampling_seconds, last_read_at, latest_is_final,
               updated_at)
        select id, 'GROWN-' || (n + i) % :chargers, 1 + n % 2, 'GROWN' || n, card, driver, start, start, start, 1000000,
               stop, stop, stop, 1000000 + :readings * 120, 'Local', 'station', true, stop, :readings * 120,
               :readings * 120, stop, stop, 72, stop, true, stop
          from (select g.n, g.card, g.driver, i, :id + (g.n - 1) * :sessions + i as id, at.start,
                       at.start + interval '2 hours' as stop
                  from grown g
                 cross join generate_series(0, :sessions - 1) i
                 cross join lateral (
                       select cast(:start as timestamptz) + i * (interval '27 days' / :sessions)
                              + g.n * interval '10 seconds' as start) at
                 where g.subscription is not null or :ago = 0) s
         where stop < :now
         order by id
        """;

    private static final String EVENTS = """
        insert into synced_transaction_events (steve_transaction_id, position, measured_from, measured_at,
               meter_from_wh, meter_to_wh, kwh_delta, power_w, soc, is_final, synced_at, sealed_at, driver_id, billed_at,
               counted_kwh)
        select s.steve_transaction_id, p, s.started_at + p * step.length, s.started_at + (p + 1) * step.length,
               1000000 + p * 120, 1000120 + p * 120, 0.12, 6000, 20 + p * 60 / :readings, p = :readings - 1,
               s.started_at + (p + 1) * step.length,
               case when :ago > 1 or :ago = 1 and g.n > :due then cast(:end as timestamptz) + interval '6 hours' end,
               s.driver_id, s.started_at + (p + 1) * step.length, 0.12
          from (select * from transaction_sync_state
                 where steve_transaction_id >= :id and steve_transaction_id < :next
                 order by steve_transaction_id) s
          join grown g on g.driver = s.driver_id
         cross join (select interval '2 hours' / :readings as length) step
         cross join lateral generate_series(0, :readings - 1) p
        """;

    private static final String OF_THE_MONTH = """
          from transaction_sync_state s join grown g on g.driver = s.driver_id
         where s.steve_transaction_id >= :id and s.steve_transaction_id < :next
        """;

    private static final String READS =
            "insert into sync_reads (steve_transaction_id, reads_since_stop) select s.steve_transaction_id, 3"
                    + OF_THE_MONTH + " on conflict do nothing";

    private static final String NOTIFICATIONS = """
        insert into notifications (account_id, kind, steve_transaction_id, created_at, in_portal, read_at)
        select s.driver_id, 'session_ended', s.steve_transaction_id, s.stopped_at, true, s.stopped_at
        """ + OF_THE_MONTH;

    private static final String SIGN_INS = """
        insert into audit_log (at, actor, action, subject)
        select :start, driver, 'account.sign-in', 'account ' || driver from grown
        """;

    private static final String DAYS = """
        insert into session_days as d (day, sessions, energy_wh)
        select utc_day(s.started_at), count(*), sum(s.energy_wh)
        """ + OF_THE_MONTH + """
        group by 1
        on conflict (day) do update
           set sessions = d.sessions + excluded.sessions, energy_wh = d.energy_wh + excluded.energy_wh
        """;

    private static final String CARDS = """
        insert into card_sessions as c (ev_card_id, sessions, energy_wh)
        select s.ev_card_id, count(*), sum(s.energy_wh)
        """ + OF_THE_MONTH + """
        group by 1
        on conflict (ev_card_id) do update
           set sessions = c.sessions + excluded.sessions, energy_wh = c.energy_wh + excluded.energy_wh
        """;

    private static final String COUNT = """
        update session_count set sessions = sessions + (select count(*)
        """ + OF_THE_MONTH + ")";

    /** Each session was looked at once. */
    private static final String PRICES = """
        insert into session_price (steve_transaction_id, driver_id, until, amount, currency, coverage, estimate, lines)
        select s.steve_transaction_id, s.driver_id, s.stopped_at, 3.8, 'EUR', 'BILLED',
               :ago = 0 or :ago = 1 and g.n <= :due, '[]'
        """ + OF_THE_MONTH + " and g.subscription is not null";

    private static final String ENERGY_DAYS = """
        insert into driver_energy_days as d (driver_id, day, kwh)
        select e.driver_id, utc_day(e.measured_at), sum(e.counted_kwh)
          from synced_transaction_events e
         where e.steve_transaction_id >= :id and e.steve_transaction_id < :next and e.sealed_at is null
         group by 1, 2
        on conflict (driver_id, day) do update set kwh = d.kwh + excluded.kwh
        """;

    private static final String SEALED_DRIVERS = " g.subscription is not null and (:ago > 1 or g.n > :due)";

    private static final String SEALED = """
        insert into sealed_events (steve_transaction_id, position, subscription_id, period_from, before_kwh)
        select s.steve_transaction_id, p, g.subscription, :start,
               ((s.steve_transaction_id - :id) % :sessions * :readings + p) * 0.12
          from (select * from transaction_sync_state
                 where steve_transaction_id >= :id and steve_transaction_id < :next
                 order by steve_transaction_id) s
          join grown g on g.driver = s.driver_id
         cross join lateral generate_series(0, :readings - 1) p
         where
        """ + SEALED_DRIVERS;

    private static final String USAGE = """
        insert into sealed_usage (subscription_id, period_from, kwh)
        select g.subscription, :start, :sessions * :readings * 0.12 from grown g where
        """ + SEALED_DRIVERS;

    private static final String INVOICES = """
        insert into invoices (driver_id, subscription_id, kind, period_from, period_to, currency, vat_rate, net, vat, total,
               issuer, recipient_name, recipient_email, issued_on, due_on, created_at, number, drawn_up_at,
               finalized_at, paid_at)
        select g.driver, g.subscription, 'period', :start, :end, 'EUR', 19, 100, 19, 119, 'Growth', g.name, g.email,
               :issuedOn, cast(:issuedOn as date) + 14, final.at,
               to_char(cast(:issuedOn as date), 'YYYY-')
                 || lpad(((extract(month from cast(:issuedOn as date))::int - 1) * :drivers + g.n)::text, 6, '0'),
               final.at, final.at, case when :ago > 1 then final.at + interval '7 days' end
          from grown g
         cross join (select cast(:end as timestamptz) + interval '6 hours' as at) final
         where
        """ + SEALED_DRIVERS + " order by g.n";

    private static final String LINES = """
        insert into invoice_lines (invoice_id, position, kind, plan_name, first_day, last_day, above_kwh,
               steve_transaction_id, energy_kwh, unit_price, amount)
        select i.id, 0, 'fee', 'grown', cast(:firstDay as date), cast(:issuedOn as date) - 1, null::numeric, null::bigint,
               null::numeric, null::numeric, 5
          from invoices i where i.period_from = :start
        union all
        select i.id, 1, 'energy', null, null, null, 0, null, :sessions * :readings * 0.12, 0.39, 95
          from invoices i where i.period_from = :start
        union all
        select i.id, 2 + s.steve_transaction_id % :sessions, 'session', null, null, null, null, s.steve_transaction_id,
               :readings * 0.12, null, 3.8
          from invoices i join transaction_sync_state s on s.driver_id = i.driver_id
         where i.period_from = :start and s.steve_transaction_id >= :id and s.steve_transaction_id < :next
        """;

    private static final String INVOICED_SESSIONS = """
        insert into invoiced_sessions (steve_transaction_id, invoice_id)
        select s.steve_transaction_id, i.id
          from invoices i join transaction_sync_state s on s.driver_id = i.driver_id
         where i.period_from = :start and s.steve_transaction_id >= :id and s.steve_transaction_id < :next
        """;

    private static final String MONTHS = """
        insert into invoice_months (month, currency, state, invoices, net, vat, total)
        select issued_on, currency,
               case when paid_at is not null then 'PAID' when total <= 0 then 'SETTLED' else 'UNPAID' end,
               count(*), sum(net), sum(vat), sum(total)
          from invoices where period_from = :start group by 1, 2, 3
        """;

    private static final String NUMBERS = """
        insert into invoice_numbers as n (year, last_number) values (extract(year from cast(:issuedOn as date)), 12 * :drivers)
        on conflict (year) do nothing
        """;

    static final List<String> SESSIONS =
            List.of(STATES, EVENTS, READS, NOTIFICATIONS, SIGN_INS, DAYS, CARDS, COUNT, PRICES);

    static final List<String> UNSEALED = List.of(ENERGY_DAYS);

    static final List<String> INVOICED = List.of(SEALED, USAGE, INVOICES, LINES, INVOICED_SESSIONS, MONTHS, NUMBERS);

    private MonthOfHistory() {}
}
