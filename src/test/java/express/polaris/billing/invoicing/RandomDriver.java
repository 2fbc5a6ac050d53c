package express.polaris.billing.invoicing;

import express.polaris.accounts.AccountId;
import express.polaris.billing.invoicing.BillingFixture.Row;
import express.polaris.sessions.SessionId;
import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A driver with random plans and sessions around the end of March 2026: concurrent cards, negative energy, rewritten
 * and removed events, disputes, changes of plan.
 */
public final class RandomDriver {

    public static final Instant MIDDLE = Instant.parse("2026-03-31T22:00:00Z");
    private static final List<String> CHARGES = List.of(
            BillingFixture.standard("0.3111"),
            BillingFixture.graduated("20", "0.30", "0.173"),
            BillingFixture.charge("package", "{'amount':'1.5','package_size':7,'free_units':3}"),
            BillingFixture.charge(
                    "volume",
                    "{'volume_ranges':[{'from_value':0,'to_value':25,'per_unit_amount':'0.4','flat_amount':'1'},"
                            + "{'from_value':26,'to_value':null,'per_unit_amount':'0.2','flat_amount':'2'}]}"),
            "[]");

    /** Charges whose prices depend on time or place, and fees; they need {@link BillingFixture#tariffs}. */
    private static final List<String> TIMED_CHARGES = Stream.of(
                    "[{'billable_metric_code':'energy_kwh','charge_model':'standard','properties':{'amount':'0.3111'},"
                            + "'filters':[{'values':{'time_band':['night']},'properties':{'amount':'0.1937'}}]}]",
                    "[{'billable_metric_code':'energy_kwh','charge_model':'graduated','properties':{'graduated_ranges':["
                            + "{'from_value':0,'to_value':9,'per_unit_amount':'0.41','flat_amount':'1'},"
                            + "{'from_value':10,'to_value':null,'per_unit_amount':'0.173','flat_amount':'2'}]},"
                            + "'filters':[{'values':{'time_band':['night'],'charger_group':['depot']},'properties':"
                            + "{'graduated_ranges':[{'from_value':0,'to_value':5,'per_unit_amount':'0.2','flat_amount':'0'},"
                            + "{'from_value':6,'to_value':null,'per_unit_amount':'0.31','flat_amount':'0.5'}]}}]},"
                            + "{'billable_metric_code':'session','charge_model':'graduated','properties':{'graduated_ranges':["
                            + "{'from_value':0,'to_value':2,'per_unit_amount':'1','flat_amount':'0'},"
                            + "{'from_value':3,'to_value':null,'per_unit_amount':'0.35','flat_amount':'0'}]}}]",
                    "[{'billable_metric_code':'energy_kwh','charge_model':'dynamic','properties':{'price_series':'spot',"
                            + "'factor':'1.19','markup':'0.07','floor':'0.15','ceiling':'0.33'}},"
                            + "{'billable_metric_code':'connected_minutes','charge_model':'standard','properties':"
                            + "{'amount':'0.013','grace_minutes':10,'cap_minutes':600},"
                            + "'filters':[{'values':{'time_band':['night']},'properties':{'amount':'0.001'}}]}]",
                    "[{'billable_metric_code':'energy_kwh','charge_model':'volume','properties':{'volume_ranges':["
                            + "{'from_value':0,'to_value':25,'per_unit_amount':'0.4','flat_amount':'1'},"
                            + "{'from_value':26,'to_value':null,'per_unit_amount':'0.2','flat_amount':'2'}]}},"
                            + "{'billable_metric_code':'idle_minutes','charge_model':'standard','properties':"
                            + "{'amount':'0.05','grace_minutes':15,'cap_minutes':120}},"
                            + "{'billable_metric_code':'charging_minutes','charge_model':'package','properties':"
                            + "{'amount':'0.2','package_size':60,'free_units':30}}]",
                    "[{'billable_metric_code':'energy_kwh','charge_model':'graduated','properties':{'included_kwh':'7.5',"
                            + "'included_roll_over':false,'graduated_ranges':["
                            + "{'from_value':0,'to_value':9,'per_unit_amount':'0.41','flat_amount':'1'},"
                            + "{'from_value':10,'to_value':null,'per_unit_amount':'0.173','flat_amount':'2'}]}}]",
                    "[{'billable_metric_code':'energy_kwh','charge_model':'standard','properties':"
                            + "{'amount':'0.0211','included_kwh':11}}]",
                    "[{'billable_metric_code':'energy_kwh','charge_model':'volume','properties':{'included_kwh':12,"
                            + "'volume_ranges':[{'from_value':0,'to_value':15,'per_unit_amount':'0.4','flat_amount':'1'},"
                            + "{'from_value':16,'to_value':null,'per_unit_amount':'0.2','flat_amount':'2'}]}}]",
                    "[{'billable_metric_code':'energy_kwh','charge_model':'standard','properties':"
                            + "{'amount':'0.3111','included_kwh':25,'included_roll_over':true}}]",
                    "[{'billable_metric_code':'energy_kwh','charge_model':'volume','properties':"
                            + "{'included_kwh':3,'included_roll_over':true,'volume_ranges':["
                            + "{'from_value':0,'to_value':15,'per_unit_amount':'0.07','flat_amount':'1'},"
                            + "{'from_value':16,'to_value':null,'per_unit_amount':'0.05','flat_amount':'2'}]}}]")
            .map(charges -> charges.replace('\'', '"'))
            .toList();

    /** Market prices of a series of the driver's own, beside fees; a driver of these changes plans. */
    private static final List<String> MARKET_CHARGES = Stream.of(
                    "[{'billable_metric_code':'energy_kwh','charge_model':'dynamic','properties':{'price_series':'{series}',"
                            + "'factor':'1.19'}},"
                            + "{'billable_metric_code':'session','charge_model':'graduated','properties':{'graduated_ranges':["
                            + "{'from_value':0,'to_value':2,'per_unit_amount':'0.7','flat_amount':'0'},"
                            + "{'from_value':3,'to_value':null,'per_unit_amount':'0.35','flat_amount':'0'}]}}]",
                    "[{'billable_metric_code':'energy_kwh','charge_model':'dynamic','properties':{'price_series':'{series}',"
                            + "'markup':'-0.011','ceiling':'0.25'},"
                            + "'filters':[{'values':{'time_band':['night']},'properties':{'price_series':'{series}',"
                            + "'markup':'0.02','floor':'-0.03'}}]},"
                            + "{'billable_metric_code':'idle_minutes','charge_model':'standard','properties':"
                            + "{'amount':'0.013','grace_minutes':15,'cap_minutes':240}}]",
                    "[{'billable_metric_code':'energy_kwh','charge_model':'dynamic','properties':{'price_series':'{series}'}},"
                            + "{'billable_metric_code':'charging_minutes','charge_model':'standard','properties':"
                            + "{'amount':'0.001'}}]")
            .map(charges -> charges.replace('\'', '"'))
            .toList();

    private final BillingFixture fixture;
    private final List<String> charges;
    private final Random random;
    private final AccountId id;
    private final AccountId other;
    private final Map<SessionId, List<Row>> sessions = new HashMap<>();
    private final Set<SessionId> disputed = new HashSet<>();

    public RandomDriver(BillingFixture fixture, long seed) {
        this(fixture, seed, CHARGES);
    }

    private RandomDriver(BillingFixture fixture, long seed, List<String> charges) {
        this.fixture = fixture;
        this.random = new Random(seed);
        this.id = fixture.driver();
        this.charges =
                charges.stream().map(plan -> plan.replace("{series}", series())).toList();
        this.other = fixture.driver();
    }

    /** A driver whose plans have prices that depend on time and place, and fees. */
    public static RandomDriver timed(BillingFixture fixture, long seed) {
        return new RandomDriver(fixture, seed, TIMED_CHARGES);
    }

    /**
     * A driver who changes between plans with fees and hourly market prices from −0.10 to 0.30, one in ten of which is
     * missing until {@link #fillGaps}.
     */
    public static RandomDriver market(BillingFixture fixture, long seed) {
        var driver = new RandomDriver(fixture, seed, MARKET_CHARGES);
        driver.price("random() < 0.9");
        return driver;
    }

    private String series() {
        return "series-" + id;
    }

    /** Stores the market prices that are missing, as known from the clock's time on. */
    public void fillGaps() {
        price("true");
        fixture.jdbc
                .sql("select forget_prices(?, '-infinity')")
                .param(id.value())
                .query((row, number) -> number)
                .list();
    }

    private void price(String which) {
        fixture.jdbc.sql("""
                    insert into price_series (code, name, currency, unit, created_at) values (?, 'Own', 'EUR', 'kwh', now())
                    on conflict do nothing
                    """).param(series()).update();
        fixture.jdbc
                .sql("""
                    insert into series_prices (series_id, from_at, to_at, per_kwh, recorded_at)
                    select s.id, at, at + interval '1 hour', 0.01 * (extract(epoch from at)::bigint / 3600 * 7 % 41 - 10), :now
                      from price_series s,
                           generate_series(cast(:middle as timestamptz) - interval '12 days',
                                           cast(:middle as timestamptz) + interval '60 days', '1 hour') at
                     where s.code = :code and\
                    """ + " " + which + """
                     and not exists (select from series_prices p where p.series_id = s.id and p.from_at = at)
                    """)
                .param("now", Timestamp.from(fixture.clock.instant()))
                .param("middle", Timestamp.from(MIDDLE))
                .param("code", series())
                .update();
    }

    public AccountId id() {
        return id;
    }

    /** The driver, and the driver who temporarily owns some of the sessions. */
    public List<Long> ids() {
        return List.of(id.value(), other.value());
    }

    public Map<SessionId, List<Row>> sessions() {
        return sessions;
    }

    public boolean isDisputed(SessionId session) {
        return disputed.contains(session);
    }

    /** The sum of a session's events; zero if it is negative. */
    public Energy energy(SessionId session) {
        var sum = sessions.getOrDefault(session, List.of()).stream()
                .map(Row::kwh)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return Energy.ofKilowattHours(sum.max(BigDecimal.ZERO));
    }

    public void subscribe() {
        var zone = ZoneId.of(pick(List.of("Europe/Berlin", "America/St_Johns", "Asia/Kolkata", "UTC")));
        var start = MIDDLE.minus(Duration.ofDays(20 + random.nextInt(random.nextInt(4) == 0 ? 400 : 40)));
        for (int count = isOfMarket() ? 3 : 1 + random.nextInt(3); count > 0; count--) {
            var end = Optional.of(
                    count == 1
                            ? MIDDLE.plus(Duration.ofDays(45))
                            : MIDDLE.plus(Duration.ofMinutes((count == 3 ? -10_000 : 0) + random.nextInt(9_000))));
            var plan = fixture.plan(pick(List.of("weekly", "monthly", "quarterly", "yearly")), pick(charges));
            fixture.subscribe(id, plan, start, end, pick(List.of("calendar", "anniversary")), zone);
            start = end.orElse(start);
        }
    }

    private boolean isOfMarket() {
        return charges.getFirst().contains(series());
    }

    public void charge() {
        for (int count = 1 + random.nextInt(6); count > 0; count--) {
            var start = MIDDLE.plus(Duration.ofMinutes(random.nextInt(30_000) - 15_000));
            var session = fixture.session(Optional.of(id), start, true);
            sessions.put(session, events(session, start));
            fixture.write(sessions.getOrDefault(session, List.of()));
        }
    }

    private List<Row> events(SessionId session, Instant start) {
        var rows = new ArrayList<Row>();
        var at = start;
        int count = 1 + random.nextInt(12);
        for (int position = 0; position < count; position++) {
            at = at.plus(step());
            boolean closing = position == count - 1 && (count > 1 || !charges.equals(CHARGES));
            boolean negative = random.nextInt(closing ? 3 : 8) == 0;
            rows.add(new Row(session, position, at, negative ? kwh().negate() : kwh(), List.of(), closing));
            if (!isPossible(rows)) {
                rows.set(position, new Row(session, position, at, kwh(), List.of(), closing));
            }
        }
        return rows;
    }

    private Duration step() {
        return random.nextInt(4) == 0 ? Duration.ZERO : Duration.ofMinutes(15L * (1 + random.nextInt(90)));
    }

    private BigDecimal kwh() {
        return switch (random.nextInt(4)) {
            case 0 -> BigDecimal.ZERO;
            case 1 -> BigDecimal.valueOf(1 + random.nextInt(12));
            default -> BigDecimal.valueOf(random.nextInt(9_000_000), 6);
        };
    }

    /** Rewrites or removes events as after a revised stop, and temporarily changes a session's owner. */
    public void rewrite() {
        for (var session : List.copyOf(sessions.keySet())) {
            var rows = new ArrayList<>(sessions.getOrDefault(session, List.of()));
            if (random.nextInt(2) == 0) {
                int place = random.nextInt(rows.size());
                replace(rows, place, random.nextInt(4) == 0 ? kwh().negate() : kwh());
            }
            if (random.nextInt(4) == 0 && rows.size() > 1) {
                removeLast(rows);
            }
            sessions.put(session, rows);
            if (random.nextInt(3) == 0) {
                owner(session, other);
                owner(session, id);
            }
        }
    }

    /** Replaces or appends the last event, as after a revised stop of an invoiced session. */
    public void correct() {
        for (var session : List.copyOf(sessions.keySet())) {
            var rows = new ArrayList<>(sessions.getOrDefault(session, List.of()));
            boolean sealed = isSealed(rows.getLast());
            switch (random.nextInt(4)) {
                case 0 -> append(rows);
                case 1 -> {
                    if (!sealed) {
                        replace(rows, rows.size() - 1, random.nextInt(3) == 0 ? kwh() : kwh().negate());
                    }
                }
                case 2 -> {
                    if (!sealed && rows.size() > 1) {
                        var last = rows.getLast();
                        removeLast(rows);
                        append(rows);
                        completeAgain(rows, last);
                    }
                }
                default -> {}
            }
            sessions.put(session, rows);
        }
    }

    /** Only completed sessions have fees on invoices. */
    private void completeAgain(List<Row> rows, Row last) {
        if (!charges.equals(CHARGES) && rows.size() == last.position()) {
            rows.add(last);
            fixture.write(List.of(last));
        }
    }

    private void append(List<Row> rows) {
        var last = rows.getLast();
        var kwh = random.nextInt(3) == 0 ? kwh() : kwh().negate();
        var at = last.measuredAt().plus(step());
        var row = new Row(last.session(), rows.size(), at, kwh, List.of("correction"), true);
        rows.add(row);
        if (isPossible(rows)) {
            fixture.write(List.of(row));
        } else {
            rows.removeLast();
        }
    }

    /** The running energy of a session is never negative. */
    private static boolean isPossible(List<Row> rows) {
        var sum = BigDecimal.ZERO;
        for (var row : rows) {
            sum = sum.add(row.kwh());
            if (sum.signum() < 0) {
                return false;
            }
        }
        return true;
    }

    private void replace(List<Row> rows, int place, BigDecimal kwh) {
        var row = rows.get(place);
        rows.set(place, new Row(row.session(), place, row.measuredAt(), kwh, List.of(), row.isFinal()));
        if (isPossible(rows)) {
            fixture.write(List.of(rows.get(place)));
        } else {
            rows.set(place, row);
        }
    }

    private void removeLast(List<Row> rows) {
        var row = rows.removeLast();
        fixture.jdbc
                .sql("delete from synced_transaction_events where steve_transaction_id = ? and position >= ?")
                .param(row.session().value())
                .param(row.position())
                .update();
        fixture.jdbc
                .sql("""
                    update transaction_sync_state set revision = revision + 1, updated_at = ? where steve_transaction_id = ?
                    """)
                .param(Timestamp.from(fixture.clock.instant()))
                .param(row.session().value())
                .update();
    }

    private boolean isSealed(Row row) {
        return fixture.jdbc
                .sql("""
                    select exists (select from synced_transaction_events
                                    where steve_transaction_id = ? and position = ? and sealed_at is not null)
                    """)
                .param(row.session().value())
                .param(row.position())
                .query(Boolean.class)
                .single();
    }

    /** Disputes some sessions and decides some of the disputes. */
    public void dispute() {
        for (var session : sessions.keySet()) {
            if (random.nextInt(3) == 0) {
                dispute(session, !disputed.contains(session));
            }
        }
    }

    public void decide() {
        List.copyOf(disputed).forEach(session -> dispute(session, false));
    }

    private void dispute(SessionId session, boolean larger) {
        fixture.dispute(session, larger ? "steve_larger" : null);
        if (larger) {
            disputed.add(session);
        } else {
            disputed.remove(session);
        }
    }

    private void owner(SessionId session, AccountId owner) {
        fixture.jdbc
                .sql("update transaction_sync_state set driver_id = ? where steve_transaction_id = ?")
                .param(owner.value())
                .param(session.value())
                .update();
    }

    public List<Invoice> invoices() {
        return fixture.get(InvoiceService.class).pageWithLines(Optional.of(id), Optional.empty(), 1_000);
    }

    /** Cancels one of the invoices without a replacement; empty if none can be cancelled. */
    public Optional<String> cancel() {
        var standing = invoices().stream()
                .filter(invoice -> invoice.status() == Invoice.Status.FINALIZED)
                .filter(invoice -> invoice.kind() != Invoice.Kind.CANCELLATION)
                .map(Invoice::number)
                .toList();
        return standing.isEmpty()
                ? Optional.empty()
                : Optional.of(pick(standing)).map(number -> {
                    fixture.get(CancellationService.class).cancel(id, number, "Wrong", false);
                    return number;
                });
    }

    public void replace(String number) {
        fixture.get(CancellationService.class).replace(id, number);
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
