package express.polaris.billing.tariffs;

import express.polaris.billing.pricing.PriceSeries.Price;
import express.polaris.billing.tariffs.StoredSeries.Poll;
import express.polaris.billing.tariffs.StoredSeries.PollFailure;
import express.polaris.billing.tariffs.StoredSeries.Unit;
import express.polaris.platform.sql.SqlTime;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Repository of {@code price_series} and {@code series_prices}. */
@Repository
class PriceSeriesRepository {

    private static final String SELECT = """
        select s.id, s.code, s.name, s.currency, s.unit, s.polled_at, s.poll_failure, s.failing_since,
               (select p.from_at from series_prices p
                 where p.series_id = s.id and p.replaced_at is null order by p.from_at limit 1) as from_at,
               (select p.to_at from series_prices p
                 where p.series_id = s.id and p.replaced_at is null order by p.from_at desc limit 1) as to_at
          from price_series s
        """;

    private final JdbcClient jdbc;

    PriceSeriesRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Lists the series, by code. */
    List<StoredSeries> list() {
        return jdbc.sql(SELECT + "order by s.code")
                .query((row, number) -> series(row))
                .list();
    }

    Optional<StoredSeries> find(String code) {
        return jdbc.sql(SELECT + "where s.code = ?")
                .param(code)
                .query((row, number) -> series(row))
                .optional();
    }

    /** Creates the series unless it exists. */
    void create(String code, String name, Currency currency, Unit unit, Instant now) {
        jdbc.sql("""
            insert into price_series (code, name, currency, unit, created_at)
            values (:code, :name, :currency, :unit, :now)
            on conflict (code) do nothing
            """)
                .param("code", code)
                .param("name", name)
                .param("currency", currency.getCurrencyCode())
                .param("unit", unit.word())
                .param("now", SqlTime.utc(now))
                .update();
    }

    /** Locks the series until the transaction ends. */
    void lock(String code) {
        jdbc.sql("select id from price_series where code = ? for no key update")
                .param(code)
                .query((row, number) -> row.getLong(1))
                .single();
    }

    void update(long id, String name, Currency currency, Unit unit) {
        jdbc.sql("update price_series set name = :name, currency = :currency, unit = :unit where id = :id")
                .param("id", id)
                .param("name", name)
                .param("currency", currency.getCurrencyCode())
                .param("unit", unit.word())
                .update();
    }

    /** Lists the prices that overlap the span, by start. */
    List<Price> prices(String code, Instant from, Instant to, Optional<Instant> asOf) {
        var known = asOf.isEmpty()
                ? "p.replaced_at is null"
                : "p.recorded_at <= :asOf and (p.replaced_at is null or p.replaced_at > :asOf)";
        return jdbc.sql("""
            select p.from_at, p.to_at, p.per_kwh
              from series_prices p join price_series s on s.id = p.series_id
             where s.code = :code and p.from_at < :to and p.from_at > :from::timestamptz - interval '1 day'
               and p.to_at > :from and
            """ + known + " order by p.from_at")
                .param("code", code)
                .param("from", SqlTime.utc(from))
                .param("to", SqlTime.utc(to))
                .param("asOf", SqlTime.utc(asOf))
                .query((row, number) -> price(row))
                .list();
    }

    void replace(long id, Collection<Price> prices, Instant now) {
        jdbc.sql("""
            update series_prices set replaced_at = greatest(:now, recorded_at)
             where series_id = :id and replaced_at is null and from_at = any(:from::timestamptz[])
            """)
                .param("id", id)
                .param("now", SqlTime.utc(now))
                .param("from", times(prices, Price::from))
                .update();
    }

    void add(long id, Collection<Price> prices, Instant now) {
        jdbc.sql("""
            insert into series_prices (series_id, from_at, to_at, per_kwh, recorded_at)
            select :id, from_at, to_at, per_kwh, :now
              from unnest(:from::timestamptz[], :to::timestamptz[], :prices::numeric[]) as added (from_at, to_at, per_kwh)
            """)
                .param("id", id)
                .param("now", SqlTime.utc(now))
                .param("from", times(prices, Price::from))
                .param("to", times(prices, Price::to))
                .param("prices", prices.stream().map(Price::perKwh).toArray(BigDecimal[]::new))
                .update();
    }

    /** Number of series whose last poll failed. */
    long failing() {
        return jdbc.sql("select count(*) from price_series where failing_since is not null")
                .query((row, number) -> row.getLong(1))
                .single();
    }

    /** Claims the poll of a series for this node, unless another one has polled it after {@code before}. */
    boolean claimPoll(String code, Instant before, Instant now) {
        return jdbc.sql("""
            update price_series set polled_at = :now
             where id in (select id from price_series
                           where code = :code and (polled_at is null or polled_at <= :before)
                             for no key update skip locked)
            """)
                        .param("code", code)
                        .param("before", SqlTime.utc(before))
                        .param("now", SqlTime.utc(now))
                        .update()
                == 1;
    }

    void polled(String code, Optional<PollFailure> failure, Instant now) {
        jdbc.sql("""
            update price_series
               set polled_at = :now, poll_failure = :failure,
                   failing_since = case when :failure::text is null then null else coalesce(failing_since, :now) end
             where code = :code
            """)
                .param("code", code)
                .param("now", SqlTime.utc(now))
                .param(
                        "failure",
                        failure.map(known -> known.name().toLowerCase(Locale.ROOT))
                                .orElse(null))
                .update();
    }

    private static String[] times(Collection<Price> prices, Function<Price, Instant> time) {
        return prices.stream().map(time).map(Instant::toString).toArray(String[]::new);
    }

    private static Price price(ResultSet row) throws SQLException {
        return new Price(
                SqlTime.required(row, "from_at"),
                SqlTime.required(row, "to_at"),
                row.getBigDecimal("per_kwh").stripTrailingZeros());
    }

    private static StoredSeries series(ResultSet row) throws SQLException {
        var failure = Optional.ofNullable(row.getString("poll_failure"))
                .map(name -> PollFailure.valueOf(name.toUpperCase(Locale.ROOT)));
        var failingSince = SqlTime.instant(row, "failing_since");
        return new StoredSeries(
                row.getLong("id"),
                row.getString("code"),
                row.getString("name"),
                Currency.getInstance(row.getString("currency")),
                Unit.valueOf(row.getString("unit").toUpperCase(Locale.ROOT)),
                SqlTime.instant(row, "from_at"),
                SqlTime.instant(row, "to_at"),
                SqlTime.instant(row, "polled_at").map(at -> new Poll(at, failure, failingSince)));
    }
}
