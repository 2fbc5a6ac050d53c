package express.polaris.sessions;

import express.polaris.accounts.AccountId;
import express.polaris.platform.sql.SqlTime;
import express.polaris.stations.chargers.ChargeBoxId;
import express.polaris.units.Energy;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Read access to sessions: a driver's own ones, or all for an operator. */
@Repository
public class SessionService {

    private static final String SESSIONS = "select s.* from transaction_sync_state s\n";

    private static final String IDS = "select s.steve_transaction_id from transaction_sync_state s\n";

    private static final String SESSION = withLatest("transaction_sync_state");

    private static final String OWN_SESSION = "select own.*, coalesce(v.version, 0) as version from (" + SESSION + """
             where s.steve_transaction_id = ? and s.driver_id = ?) own
              left join driver_versions v on v.driver_id = own.driver_id
            """;

    private static final String NEWEST_FIRST = "order by s.started_at desc, s.steve_transaction_id desc\n";

    private static final Duration STUCK_WITHOUT_NEWS = Duration.ofHours(2);
    private static final Duration STUCK_WITHOUT_READING = Duration.ofHours(48);

    private static final int EVENTS_AT_A_TIME = 2_000;

    private static final int LATEST = 100;

    private final JdbcClient jdbc;
    private final Clock clock;

    SessionService(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The driver's own session; empty if it does not exist or belongs to another driver, without telling which. */
    public Optional<ChargingSession> find(SessionId id, AccountId driver) {
        return jdbc.sql(SESSION + "where s.steve_transaction_id = ? and s.driver_id = ?")
                .param(id.value())
                .param(driver.value())
                .query(SessionRows::session)
                .optional();
    }

    /** A driver's own session and the driver's version ({@link DriverVersions}), from one query. */
    public record OwnSession(ChargingSession session, long version) {}

    /** As {@link #find(SessionId, AccountId)}, for pages that cache results by version. */
    public Optional<OwnSession> findOwn(SessionId id, AccountId driver) {
        return jdbc.sql(OWN_SESSION)
                .param(id.value())
                .param(driver.value())
                .query((row, number) -> new OwnSession(SessionRows.session(row, number), row.getLong("version")))
                .optional();
    }

    /** Any session, regardless of its owner: for operators and background tasks. */
    public Optional<ChargingSession> find(SessionId id) {
        return jdbc.sql(SESSION + "where s.steve_transaction_id = ?")
                .param(id.value())
                .query(SessionRows::session)
                .optional();
    }

    /**
     * Newest first: by start, then id. Stable while rows arrive: a cursor continues after the session it names.
     *
     * @param limit maximum number of sessions
     */
    public SessionSlice list(SessionFilter filter, Optional<SessionCursor> after, int limit) {
        var where = new ArrayList<String>();
        var params = new ArrayList<Object>();
        restrict(filter, where, params);
        after.ifPresent(cursor -> {
            where.add("(s.started_at, s.steve_transaction_id) < (?, ?)");
            params.add(SqlTime.utc(cursor.startedAt()));
            params.add(cursor.id().value());
        });
        var condition = where.isEmpty() ? "" : "where " + String.join("\n  and ", where) + "\n";
        params.add(limit + 1);
        // Look up the latest event only for the sessions of the page.
        var page = SESSIONS + condition + NEWEST_FIRST + "limit ?";
        var found = jdbc.sql(withLatest("(" + page + ")") + NEWEST_FIRST)
                .params(params)
                .query(SessionRows::session)
                .list();
        if (found.size() <= limit) {
            return new SessionSlice(found, Optional.empty());
        }
        var shown = found.subList(0, limit);
        var last = shown.getLast();
        return new SessionSlice(List.copyOf(shown), Optional.of(new SessionCursor(last.startedAt(), last.id())));
    }

    /** Number of events of the session. The caller has checked access to the session, here and for all events. */
    public int eventCount(SessionId id) {
        return jdbc.sql("select count(*) from synced_transaction_events where steve_transaction_id = ?")
                .param(id.value())
                .query(Integer.class)
                .single();
    }

    /** Events from this position on, oldest first. */
    public List<SyncedTransactionEvent> events(SessionId id, int from, int limit) {
        return jdbc.sql("""
            select * from synced_transaction_events
             where steve_transaction_id = ? and position >= ?
             order by position limit ?
            """)
                .params(id.value(), from, limit)
                .query(SessionRows::event)
                .list();
    }

    /**
     * Passes all events of the session, oldest first. There may be hundreds of thousands: they are read 2,000 at a
     * time, and no connection is held in between. Concurrent changes may or may not be seen.
     */
    public void forEachEvent(SessionId id, Consumer<SyncedTransactionEvent> action) {
        int from = 0;
        List<SyncedTransactionEvent> some;
        do {
            some = events(id, from, EVENTS_AT_A_TIME);
            some.forEach(action);
            from += EVENTS_AT_A_TIME;
        } while (some.size() == EVENTS_AT_A_TIME);
    }

    /** Energy of the events at these positions. */
    public Map<Integer, Energy> energyAdded(SessionId id, Collection<Integer> positions) {
        var added = new HashMap<Integer, Energy>();
        jdbc.sql("""
            select position, kwh_delta from synced_transaction_events
             where steve_transaction_id = ? and position = any(?)
            """).params(id.value(), positions.toArray(Integer[]::new)).query(row -> {
            added.put(row.getInt("position"), Energy.ofKilowattHours(row.getBigDecimal("kwh_delta")));
        });
        return added;
    }

    /** Number and total energy of a session's first events. */
    public record FirstEvents(int count, Energy energy) {

        /** These events and the next ones. */
        public FirstEvents plus(List<SyncedTransactionEvent> next) {
            var total = energy;
            for (var row : next) {
                total = total.plus(row.event().delta());
            }
            return new FirstEvents(count + next.size(), total);
        }
    }

    /** Counts and adds up the session's events before this position, in the database. */
    public FirstEvents firstEvents(SessionId id, int before) {
        return jdbc.sql("""
            select count(*) as events, coalesce(sum(kwh_delta), 0) as kwh
              from synced_transaction_events
             where steve_transaction_id = ? and position < ?
            """)
                .params(id.value(), before)
                .query((row, number) ->
                        new FirstEvents(row.getInt("events"), Energy.ofKilowattHours(row.getBigDecimal("kwh"))))
                .single();
    }

    /** Number and total energy of the matching sessions. */
    public record Totals(long sessions, Energy energy) {}

    public Totals totals(SessionFilter filter) {
        var where = new ArrayList<String>();
        var params = new ArrayList<Object>();
        restrict(filter, where, params);
        var condition = where.isEmpty() ? "" : "where " + String.join("\n  and ", where);
        var sums = """
            select count(*) as sessions, coalesce(sum(s.energy_wh), 0) as energy_wh from transaction_sync_state s
            """;
        return jdbc.sql(sums + condition)
                .params(params)
                .query((row, number) ->
                        new Totals(row.getLong("sessions"), Energy.ofWattHours(row.getBigDecimal("energy_wh"))))
                .single();
    }

    /** Ids of the newest matching sessions, by start, then id; the limit may be far above the size of a page. */
    public List<SessionId> ids(SessionFilter filter, int limit) {
        var where = new ArrayList<String>();
        var params = new ArrayList<Object>();
        restrict(filter, where, params);
        var condition = where.isEmpty() ? "" : "where " + String.join("\n  and ", where) + "\n";
        params.add(limit);
        return jdbc.sql(IDS + condition + NEWEST_FIRST + "limit ?")
                .params(params)
                .query((row, number) -> new SessionId(row.getLong("steve_transaction_id")))
                .list();
    }

    /** Existing sessions among these, in no particular order. The caller has checked access to them. */
    public List<ChargingSession> find(Collection<SessionId> ids) {
        return jdbc.sql(SESSION + "where s.steve_transaction_id = any(?)")
                .param(ids.stream().map(SessionId::value).toArray(Long[]::new))
                .query(SessionRows::session)
                .list();
    }

    /** The driver's live sessions, latest first. */
    public List<ChargingSession> live(AccountId driver) {
        var live = "where s.driver_id = ? and not s.is_finalized\n";
        return jdbc.sql(SESSION + live + NEWEST_FIRST)
                .param(driver.value())
                .query(SessionRows::session)
                .list();
    }

    /** Live sessions, regardless of their owner, latest first. */
    public List<ChargingSession> live(int limit) {
        return jdbc.sql(SESSION + """
            where not s.is_finalized
            order by s.started_at desc, s.steve_transaction_id desc
            limit ?
            """).param(limit).query(SessionRows::session).list();
    }

    /** Charge boxes of the driver's latest 100 sessions, by id. */
    public List<ChargeBoxId> chargeBoxesOf(AccountId driver) {
        return jdbc.sql("""
            select min(charge_box_id)
              from (select charge_box_id from transaction_sync_state
                     where driver_id = ? order by started_at desc, steve_transaction_id desc limit ?) latest
             group by lower(charge_box_id) order by 1
            """)
                .params(driver.value(), LATEST)
                .query((row, number) -> new ChargeBoxId(row.getString(1)))
                .list();
    }

    /** The stuck sessions among these, with the cause. */
    public Map<SessionId, StuckCause> stuck(Collection<SessionId> ids) {
        var now = clock.instant();
        return jdbc
                .sql("""
            select s.steve_transaction_id,
                   case when s.last_reading_at < ? then 'SILENT'
                        when s.last_reading_at is null and s.started_at < ? then 'NO_READING'
                        else 'OVERTAKEN' end as cause
              from transaction_sync_state s
             where s.steve_transaction_id = any(?) and\s""" + stuckInSql())
                .params(
                        SqlTime.utc(now.minus(STUCK_WITHOUT_NEWS)),
                        SqlTime.utc(now.minus(STUCK_WITHOUT_READING)),
                        ids.stream().map(SessionId::value).toArray(Long[]::new),
                        SqlTime.utc(now.minus(STUCK_WITHOUT_NEWS)),
                        SqlTime.utc(now.minus(STUCK_WITHOUT_READING)))
                .query((row, number) -> Map.entry(
                        new SessionId(row.getLong("steve_transaction_id")), StuckCause.valueOf(row.getString("cause"))))
                .list()
                .stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Those of these sessions under whose id SteVe has a different transaction. */
    public Set<SessionId> withReusedId(Collection<SessionId> ids) {
        return jdbc
                .sql(IDS + "where s.steve_transaction_id = any(?) and " + SessionTrait.REUSED_ID.sql())
                .param(ids.stream().map(SessionId::value).toArray(Long[]::new))
                .query((row, number) -> new SessionId(row.getLong("steve_transaction_id")))
                .list()
                .stream()
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Whether SteVe has a different transaction under this session's id; a command by that id would affect the other
     * one.
     */
    public boolean hasReusedId(SessionId id) {
        return withReusedId(List.of(id)).contains(id);
    }

    /** @param sessions a table with sessions, or a query for them */
    private static String withLatest(String sessions) {
        return """
            select s.*, latest.measured_at as last_measured_at
              from %s s
              left join lateral (
                    select e.measured_at
                      from synced_transaction_events e
                     where e.steve_transaction_id = s.steve_transaction_id
                     order by e.position desc
                     limit 1) latest on true
            """.formatted(sessions);
    }

    private void restrict(SessionFilter filter, List<String> where, List<Object> params) {
        filter.driver().ifPresent(driver -> add(where, params, "s.driver_id = ?", driver.value()));
        filter.status().ifPresent(status -> where.add(statusInSql(status)));
        filter.startedFrom().ifPresent(from -> add(where, params, "s.started_at >= ?", SqlTime.utc(from)));
        filter.startedBefore().ifPresent(before -> add(where, params, "s.started_at < ?", SqlTime.utc(before)));
        filter.cardId().ifPresent(card -> add(where, params, "s.ev_card_id = ?", card));
        filter.chargeBoxId().ifPresent(box -> add(where, params, "lower(s.charge_box_id) = lower(?)", box));
        filter.idTag().ifPresent(tag -> add(where, params, "lower(s.ocpp_id_tag) = lower(?)", tag));
        filter.marks().id().ifPresent(id -> add(where, params, "s.steve_transaction_id = ?", id.value()));
        filter.marks().trait().ifPresent(trait -> where.add(trait.sql()));
        filter.marks()
                .linked()
                .ifPresent(linked -> where.add(linked ? "s.driver_id is not null" : "s.driver_id is null"));
        filter.marks().stuck().ifPresent(stuck -> {
            where.add(stuck ? stuckInSql() : "not coalesce(" + stuckInSql() + ", false)");
            var now = clock.instant();
            params.add(SqlTime.utc(now.minus(STUCK_WITHOUT_NEWS)));
            params.add(SqlTime.utc(now.minus(STUCK_WITHOUT_READING)));
        });
    }

    private static void add(List<String> where, List<Object> params, String condition, Object value) {
        where.add(condition);
        params.add(value);
    }

    private static String statusInSql(SessionStatus status) {
        return switch (status) {
            case COMPLETED -> SessionStatus.COMPLETED_IN_SQL;
            case IN_PROGRESS -> "not " + SessionStatus.COMPLETED_IN_SQL;
        };
    }

    /**
     * Live, and without a reading for 2 h after the last one, or 48 h old without any, or overtaken on its
     * connector.
     */
    private static String stuckInSql() {
        return """
            (not s.is_finalized
              and (s.last_reading_at < ?
                or s.last_reading_at is null and s.started_at < ?
                or exists (
                    select 1 from transaction_sync_state newer
                     where lower(newer.charge_box_id) = lower(s.charge_box_id)
                       and newer.connector_id = s.connector_id
                       and newer.started_at > s.started_at
                       and newer.steve_transaction_id > s.steve_transaction_id)))\
            """;
    }
}
