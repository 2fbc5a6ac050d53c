package express.polaris.testing;

import express.polaris.billing.plans.PlanService;
import express.polaris.platform.sql.SqlTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Months of a fleet, written directly to the database with its triggers off: what is open, which stays the same, and
 * behind it as many invoiced months as wanted. Open are the current month (the previous one, too, in the first ten days),
 * a live session, a driver without a plan, and {@value #DUE} invoices. Each driver charges with one card and is invoiced by
 * the month; invoices are paid but for those of the last month.
 */
public final class SealedHistory implements AutoCloseable {

    /** Invoices that can be made due. */
    public static final int DUE = 6;

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final int CHARGERS = 20;

    /** Older months have smaller ids. */
    private static final int LONGEST = 1_000;

    /**
     * Size of each month.
     *
     * @param drivers at least ten
     * @param sessions of each driver in a month, at most 200
     * @param readings of each session
     */
    public record Scale(int drivers, int sessions, int readings) {

        public long eventsOfAMonth() {
            return (long) (drivers - 1) * sessions * readings;
        }
    }

    private final Connection connection;
    private final JdbcClient jdbc;
    private final Scale scale;
    private final Instant now;
    private final YearMonth open;
    private int sealed;

    private SealedHistory(Connection connection, Scale scale, Instant now) {
        this.connection = connection;
        this.jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
        this.scale = scale;
        this.now = now;
        this.open = YearMonth.from(LocalDate.ofInstant(now, ZONE).minusDays(10));
    }

    /** Writes the people and what is open. The database must be empty but for accounts. */
    public static SealedHistory begin(DataSource database, PlanService plans, Scale scale, Instant now)
            throws SQLException {
        plans.save(TestPlan.graduated(
                        "grown",
                        TestPlan.range(0, 100, "0.39"),
                        TestPlan.range(100, 300, "0.35"),
                        TestPlan.rangeFrom(300, "0.31"))
                .fee(500)
                .vat(19)
                .json());
        var history = new SealedHistory(database.getConnection(), scale, now);
        history.run("set session_replication_role = replica");
        history.sync();
        history.people();
        history.month(0);
        history.month(1);
        history.sealed = 1;
        history.live();
        return history;
    }

    /** Adds older months until there are this many invoiced ones, at least two. */
    public void growTo(int months) {
        for (int ago = months; ago > sealed; ago--) {
            month(ago);
        }
        sealed = Math.max(sealed, months);
        run(
                "update sync_cursor set highest_probed_id = (select max(steve_transaction_id) from transaction_sync_state)");
    }

    /** Makes three more invoices due. */
    public void makeThreeDue() {
        jdbc.sql("""
            update invoice_schedule set due_at = '-infinity'
             where subscription_id in (
                   select g.subscription from grown g join invoice_schedule i on i.subscription_id = g.subscription
                    where g.n <= :due and i.invoiced_through < :open and i.due_at <> '-infinity'
                    order by g.n limit 3)
            """).params(Map.of("due", DUE, "open", SqlTime.utc(start(0)))).update();
    }

    public void run(String sql) {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** A driver with the whole history. */
    public long driver() {
        return one("select driver from grown where n = :due + 1", Map.of("due", DUE));
    }

    public long card() {
        return one("select card from grown where n = :due + 1", Map.of("due", DUE));
    }

    /** The latest completed session of {@link #driver()}, and one that was invoiced. */
    public List<Long> sessions() {
        return List.of(session("is_finalized"), session("steve_transaction_id < " + id(0)));
    }

    private long session(String condition) {
        return one(
                "select max(steve_transaction_id) from transaction_sync_state where driver_id = :driver and "
                        + condition,
                Map.of("driver", driver()));
    }

    /** A finished run of sync. */
    public long syncRun() {
        return one("select max(id) from sync_runs", Map.of());
    }

    /** The last invoice of {@link #driver()}. */
    public String invoice() {
        return jdbc.sql("select max(number) from invoices where driver_id = ?")
                .param(driver())
                .query(String.class)
                .single();
    }

    public long count(String table) {
        return one("select count(*) from " + table, Map.of());
    }

    /**
     * Counts the rows and index entries that the pool's connections have read, after those of this moment have ended: only
     * then has each reported all of it. Connections beside the pool read no tables.
     *
     * @param end ends connections of the pool that are not in use
     */
    public long rowsReadByOthers(Runnable end) {
        run("select pg_stat_force_next_flush()");
        var others = """
            select pid from pg_stat_activity
             where datname = current_database() and application_name = 'polaris-express' and pid <> pg_backend_pid()
            """;
        var ending = jdbc.sql(others).query(Integer.class).set();
        do {
            end.run();
            Thread.onSpinWait();
        } while (jdbc.sql(others).query(Integer.class).set().stream().anyMatch(ending::contains));
        return one("""
            select (select coalesce(sum(seq_tup_read), 0) from pg_stat_user_tables)
                 + (select coalesce(sum(idx_tup_read), 0) from pg_stat_user_indexes)
            """, Map.of());
    }

    /** The connection's superuser may switch triggers and the server's settings; it ends with this. */
    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private long one(String sql, Map<String, ?> params) {
        return jdbc.sql(sql).params(params).query(Long.class).single();
    }

    private Instant start(int ago) {
        return open.minusMonths(ago).atDay(1).atStartOfDay(ZONE).toInstant();
    }

    private long id(int ago) {
        return 1L + (long) (LONGEST - ago) * scale.drivers() * scale.sessions();
    }

    private void people() {
        var since = SqlTime.utc(start(LONGEST));
        var params = Map.of(
                "drivers", scale.drivers(), "since", since, "chargers", CHARGERS, "due", DUE, "now", SqlTime.utc(now));
        for (var sql : List.of(
                """
                insert into accounts (email, name, role, locale, time_zone, created_at)
                select 'grown-' || n || '@people.example', 'Driver ' || n, 'DRIVER', 'en', 'Europe/Berlin', :since
                  from generate_series(1, :drivers) n
                """,
                "insert into id_tags (id_tag) select 'GROWN' || n from generate_series(1, :drivers) n",
                """
                insert into ev_cards (id_tag_id, driver_id, owned_from, label, colour, created_at)
                select t.id, a.id, :since, 'Card', 'blue', :since
                  from generate_series(1, :drivers) n
                  join id_tags t on t.id_tag = 'GROWN' || n
                  join accounts a on a.email = 'grown-' || n || '@people.example'
                """,
                """
                insert into chargers (charge_box_id, name, public_id, created_at)
                select 'GROWN-' || n, 'Charger ' || n, 'GR' || n, :since from generate_series(0, :chargers - 1) n
                """,
                """
                insert into subscriptions (driver_id, plan_id, started_at, billing_time, time_zone, created_at)
                select a.id, (select max(id) from plans where code = 'grown'), :since, 'calendar', 'Europe/Berlin', :since
                  from generate_series(1, :drivers - 1) n
                  join accounts a on a.email = 'grown-' || n || '@people.example'
                """,
                """
                create temporary table grown as
                select n, a.id as driver, a.name, a.email, c.id as card, s.id as subscription
                  from generate_series(1, :drivers) n
                  join accounts a on a.email = 'grown-' || n || '@people.example'
                  join ev_cards c on c.driver_id = a.id
                  left join subscriptions s on s.driver_id = a.id
                """,
                "insert into billing_versions (driver_id, version) select driver, 1 from grown",
                "insert into driver_versions (driver_id, version) select driver, 1 from grown")) {
            jdbc.sql(sql).params(params).update();
        }
        jdbc.sql("""
            insert into invoice_schedule (subscription_id, due_at, invoiced_through)
            select subscription, '9999-01-01T00:00:00Z', case when n <= :due then :before else :open end
              from grown where subscription is not null
            """)
                .params(Map.of("due", DUE, "before", SqlTime.utc(start(1)), "open", SqlTime.utc(start(0))))
                .update();
    }

    /** Writes the month that began so many months before the open one. */
    private void month(int ago) {
        var params = new HashMap<String, Object>(Map.of(
                "id", id(ago),
                "ago", ago,
                "start", SqlTime.utc(start(ago)),
                "end", SqlTime.utc(start(ago - 1)),
                "now", SqlTime.utc(now),
                "sessions", scale.sessions(),
                "readings", scale.readings(),
                "next", id(ago - 1),
                "chargers", CHARGERS));
        params.putAll(Map.of(
                "issuedOn", open.minusMonths(ago - 1L).atDay(1),
                "firstDay", open.minusMonths(ago).atDay(1),
                "drivers", scale.drivers(),
                "due", DUE));
        run(MonthOfHistory.SESSIONS, params);
        if (ago < 2) {
            run(MonthOfHistory.UNSEALED, params);
        }
        if (ago > 0) {
            run(MonthOfHistory.INVOICED, params);
        }
    }

    private void run(List<String> statements, Map<String, ?> params) {
        statements.forEach(sql -> jdbc.sql(sql).params(params).update());
    }

    /** A session that is charging, which sync leaves alone. */
    private void live() {
        jdbc.sql("""
            insert into transaction_sync_state (steve_transaction_id, charge_box_id, connector_id, ocpp_id_tag, ev_card_id,
                   driver_id, started_at, steve_started_at, first_seen_at, start_value_wh, energy_wh, last_energy_at,
                   last_reading_at, sampling_seconds, last_read_at, updated_at)
            select :id, 'GROWN-0', 3, 'GROWN' || g.n, g.card, g.driver, start, start, start, 1000000, 1200,
                   start + interval '10 minutes', start + interval '10 minutes', 60, start + interval '10 minutes', start
              from grown g cross join (select cast(:now as timestamptz) - interval '11 minutes' as start) s
             where g.n = :due + 2
            """)
                .params(Map.of("id", id(-1), "now", SqlTime.utc(now), "due", DUE))
                .update();
        jdbc.sql("""
            insert into synced_transaction_events (steve_transaction_id, position, measured_from, measured_at,
                   meter_from_wh, meter_to_wh, kwh_delta, power_w, is_final, synced_at, driver_id, billed_at, counted_kwh)
            select s.steve_transaction_id, p, s.started_at + p * interval '1 minute',
                   s.started_at + (p + 1) * interval '1 minute', 1000000 + p * 120, 1000120 + p * 120, 0.12, 7200, false,
                   s.started_at + (p + 1) * interval '1 minute', s.driver_id,
                   s.started_at + (p + 1) * interval '1 minute', 0.12
              from transaction_sync_state s cross join generate_series(0, 9) p
             where s.steve_transaction_id = ?
            """).param(id(-1)).update();
        jdbc.sql("""
            insert into session_changes (day, ev_card_id, sessions, energy_wh)
            select utc_day(started_at), ev_card_id, 1, energy_wh from transaction_sync_state where steve_transaction_id = ?
            """).param(id(-1)).update();
    }

    /** Sync is paused, and has compared everything just before. */
    private void sync() {
        jdbc.sql("""
            update sync_cursor
               set first_import_done = true, last_wide_read_at = :now, last_discovery_at = :now,
                   operator_paused_at = :now, operator_paused_by = (select min(id) from accounts),
                   operator_paused_why = 'SteVe knows none of these sessions'
            """).param("now", SqlTime.utc(now)).update();
        jdbc.sql("insert into sync_runs (trigger, started_at, finished_at) values ('schedule', :now, :now)")
                .param("now", SqlTime.utc(now))
                .update();
    }
}
