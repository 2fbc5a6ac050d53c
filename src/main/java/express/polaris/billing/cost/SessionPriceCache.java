package express.polaris.billing.cost;

import express.polaris.accounts.AccountId;
import express.polaris.billing.pricing.Band;
import express.polaris.billing.pricing.BillableMetric;
import express.polaris.sessions.SessionId;
import express.polaris.units.Energy;
import express.polaris.units.Interval;
import express.polaris.units.Money;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/**
 * Caches the cost of completed sessions, including "unknown". The database deletes a cached price in the
 * transaction that changes one of its events, owners or subscriptions; a price computed before such a change is
 * never stored after it.
 */
@Repository
public class SessionPriceCache {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient jdbc;

    SessionPriceCache(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Line as it is kept; the last parts are null where a line does not have them. */
    private record Line(
            String from,
            String to,
            String plan,
            String band,
            String wh,
            String unitPrice,
            String flat,
            String amount,
            @Nullable String name,
            @Nullable String hoursFrom,
            @Nullable String hoursTo,
            @Nullable String metric,
            @Nullable String quantity,
            @Nullable String grace,
            @Nullable String cap) {

        static Line of(CostLine line) {
            return new Line(
                    line.period().from().toString(),
                    line.period().to().toString(),
                    line.planCode(),
                    line.band().toString(),
                    line.energy().wattHours().toPlainString(),
                    line.unitPrice().toPlainString(),
                    line.flat().toPlainString(),
                    line.amount().toPlainString(),
                    line.name().orElse(null),
                    line.hours().map(hours -> hours.from().toString()).orElse(null),
                    line.hours().map(hours -> hours.to().toString()).orElse(null),
                    line.fee().map(fee -> fee.metric().code()).orElse(null),
                    line.fee().map(fee -> fee.quantity().toPlainString()).orElse(null),
                    line.fee().map(fee -> fee.grace().toString()).orElse(null),
                    line.fee()
                            .flatMap(CostLine.Fee::cap)
                            .map(Duration::toString)
                            .orElse(null));
        }

        CostLine in(Currency currency) {
            return new CostLine(
                    new Interval(Instant.parse(from), Instant.parse(to)),
                    plan,
                    Band.parse(band),
                    Energy.ofWattHours(wh),
                    new BigDecimal(unitPrice),
                    new BigDecimal(flat),
                    new BigDecimal(amount),
                    currency,
                    Optional.ofNullable(name),
                    hoursFrom == null || hoursTo == null
                            ? Optional.empty()
                            : Optional.of(new Interval(Instant.parse(hoursFrom), Instant.parse(hoursTo))),
                    metric == null || quantity == null
                            ? Optional.empty()
                            : BillableMetric.of(metric)
                                    .map(counted -> new CostLine.Fee(
                                            counted,
                                            new BigDecimal(quantity),
                                            grace == null ? Duration.ZERO : Duration.parse(grace),
                                            Optional.ofNullable(cap).map(Duration::parse))));
        }
    }

    /**
     * Sum of cached prices by currency.
     *
     * @param sessions sessions in the cache, including those cached as unknown
     * @param isComplete each of them has a price, except those with disputed energy
     */
    record Kept(Map<Currency, BigDecimal> amounts, Set<SessionId> sessions, boolean isComplete) {}

    Kept sum(Collection<SessionId> sessions) {
        var amounts = new LinkedHashMap<Currency, BigDecimal>();
        var found = new HashSet<SessionId>();
        boolean[] complete = {true};
        jdbc.sql("""
            select p.currency, sum(p.amount) as amount, array_agg(p.steve_transaction_id) as sessions,
                   bool_and(p.amount is not null
                            or (select does_not_count(s.dispute) from transaction_sync_state s
                                 where s.steve_transaction_id = p.steve_transaction_id)) as complete
              from session_price p
             where p.steve_transaction_id = any(?)
             group by p.currency order by p.currency
            """)
                .param(sessions.stream().map(SessionId::value).toArray(Long[]::new))
                .query(row -> {
                    var currency = Currency.getInstance(row.getString("currency"));
                    Optional.ofNullable(row.getBigDecimal("amount")).ifPresent(amount -> amounts.put(currency, amount));
                    for (var id : (Long[]) row.getArray("sessions").getArray()) {
                        found.add(new SessionId(id));
                    }
                    complete[0] &= row.getBoolean("complete");
                });
        return new Kept(amounts, found, complete[0]);
    }

    Map<SessionId, SessionCost> find(Collection<SessionId> sessions) {
        var found = new HashMap<SessionId, SessionCost>();
        jdbc.sql("select * from session_price where steve_transaction_id = any(?)")
                .param(sessions.stream().map(SessionId::value).toArray(Long[]::new))
                .query(row -> {
                    found.put(new SessionId(row.getLong("steve_transaction_id")), cost(row));
                });
        return found;
    }

    /** Returns the current billing version of each of these drivers. */
    Map<AccountId, Long> versions(Collection<AccountId> drivers) {
        var versions = new HashMap<AccountId, Long>();
        jdbc.sql("select driver_id, version from billing_versions where driver_id = any(?)")
                .param(drivers.stream().map(AccountId::value).toArray(Long[]::new))
                .query(row -> {
                    versions.put(new AccountId(row.getLong("driver_id")), row.getLong("version"));
                });
        return versions;
    }

    /**
     * Price to cache.
     *
     * @param version billing version it was computed from
     * @param until latest instant of the session's events
     */
    record Entry(SessionId session, AccountId driver, long version, Instant until, SessionCost cost) {}

    /**
     * Stores the prices, except those of drivers whose billing version has changed or is locked for a change.
     * Commits asynchronously: a price lost in a crash is computed again.
     */
    void keep(List<Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        jdbc.sql("""
            with standing as (
                select driver_id, version from billing_versions
                 where driver_id = any(:drivers) for share skip locked)
            insert into session_price (steve_transaction_id, driver_id, until, amount, currency, coverage, estimate, is_split,
                   lines)
            select n.session, s.driver_id, n.until::timestamptz, n.amount::numeric, n.currency, n.coverage, n.estimate,
                   n.is_split, n.lines::jsonb
              from unnest(:sessions, :drivers, :versions, :untils, :amounts, :currencies, :coverages, :estimates, :splits,
                          :lines)
                     as n (session, driver, version, until, amount, currency, coverage, estimate, is_split, lines)
              join standing s on s.driver_id = n.driver and s.version = n.version
             where set_config('synchronous_commit', 'off', true) = 'off'
             order by n.session
            on conflict (steve_transaction_id) do nothing
            """)
                .param("sessions", column(entries, entry -> entry.session().value(), Long[]::new))
                .param("drivers", column(entries, entry -> entry.driver().value(), Long[]::new))
                .param("versions", column(entries, Entry::version, Long[]::new))
                .param("untils", column(entries, entry -> entry.until().toString(), String[]::new))
                .param("amounts", column(entries, SessionPriceCache::amount, String[]::new))
                .param(
                        "currencies",
                        column(entries, entry -> entry.cost().currency().getCurrencyCode(), String[]::new))
                .param(
                        "coverages",
                        column(entries, entry -> entry.cost().coverage().name(), String[]::new))
                .param("estimates", column(entries, entry -> entry.cost().estimate(), Boolean[]::new))
                .param("splits", column(entries, entry -> entry.cost().isSplit(), Boolean[]::new))
                .param("lines", column(entries, SessionPriceCache::lines, String[]::new))
                .update();
    }

    private static <T extends @Nullable Object> T[] column(
            List<Entry> entries, Function<Entry, T> value, IntFunction<T[]> array) {
        return entries.stream().map(value).toArray(array);
    }

    private static @Nullable String amount(Entry entry) {
        return entry.cost()
                .amount()
                .map(amount -> amount.amount().toPlainString())
                .orElse(null);
    }

    private static String lines(Entry entry) {
        return JSON.writeValueAsString(
                entry.cost().lines().stream().map(Line::of).toList());
    }

    private static SessionCost cost(ResultSet row) throws SQLException {
        var currency = Currency.getInstance(row.getString("currency"));
        List<Line> lines = Arrays.asList(JSON.readValue(row.getString("lines"), Line[].class));
        return new SessionCost(
                Optional.ofNullable(row.getBigDecimal("amount"))
                        .map(amount -> List.of(new Money(amount, currency)))
                        .orElse(List.of()),
                currency,
                Coverage.valueOf(row.getString("coverage")),
                row.getBoolean("estimate"),
                row.getBoolean("is_split"),
                lines.stream().map(line -> line.in(currency)).toList());
    }
}
