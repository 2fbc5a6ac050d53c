package express.polaris.billing.invoicing;

import express.polaris.accounts.AccountId;
import express.polaris.accounts.AuditLog;
import express.polaris.billing.BillingConcerns;
import express.polaris.billing.cost.BilledEventRepository;
import express.polaris.billing.cost.BucketTotals;
import express.polaris.billing.cost.DriverPriceService;
import express.polaris.billing.cost.PriceConditionsReader;
import express.polaris.billing.cost.PriceFailures;
import express.polaris.billing.cost.PriceGaps;
import express.polaris.billing.cost.SealedFeeRepository;
import express.polaris.billing.cost.SessionCost;
import express.polaris.billing.cost.SessionCostService;
import express.polaris.billing.cost.SessionCostSums;
import express.polaris.billing.cost.SessionFees;
import express.polaris.billing.cost.SessionPriceCache;
import express.polaris.billing.cost.SessionPricing;
import express.polaris.billing.cost.TimedUsage;
import express.polaris.billing.cost.UsageRepository;
import express.polaris.billing.cost.UsageService;
import express.polaris.billing.groups.DriverGroupRepository;
import express.polaris.billing.groups.DriverGroups;
import express.polaris.billing.groups.OperatorGroups;
import express.polaris.billing.parties.IssuerRepository;
import express.polaris.billing.parties.IssuerService;
import express.polaris.billing.plans.OperatorBilling;
import express.polaris.billing.plans.PlanId;
import express.polaris.billing.plans.PlanRepository;
import express.polaris.billing.plans.PlanService;
import express.polaris.billing.plans.RolledOverEnergy;
import express.polaris.billing.plans.SubscriptionId;
import express.polaris.billing.plans.SubscriptionRepository;
import express.polaris.billing.plans.SubscriptionService;
import express.polaris.platform.database.Snapshot;
import express.polaris.platform.settings.Settings;
import express.polaris.platform.sql.SqlTime;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.Completeness;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionService;
import express.polaris.sessions.events.EventSeals;
import express.polaris.testing.MutableClock;
import express.polaris.testing.TestDatabase;
import express.polaris.testing.TestPlan;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.json.JsonMapper;

/** The billing module on its own database, with sessions as the import stores them. */
public final class BillingFixture {

    public static final Currency EUR = Currency.getInstance("EUR");
    public static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    final DataSource dataSource;
    public final JdbcClient jdbc;
    final JdbcTemplate template;
    public final MutableClock clock = new MutableClock(Instant.parse("2026-06-15T12:00:00Z"));
    public final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private int number;

    public BillingFixture() {
        this(TestDatabase.freshPool());
    }

    public BillingFixture(DataSource dataSource) {
        this.dataSource = dataSource;
        this.jdbc = JdbcClient.create(dataSource);
        this.template = new JdbcTemplate(dataSource);
        provide(DataSource.class, () -> dataSource);
        provide(JdbcClient.class, () -> jdbc);
        provide(JdbcTemplate.class, () -> template);
        provide(NamedParameterJdbcTemplate.class, () -> new NamedParameterJdbcTemplate(dataSource));
        provide(Completeness.class, () -> this::comparedAt);
        provide(PlatformTransactionManager.class, () -> new DataSourceTransactionManager(dataSource));
        provide(Clock.class, () -> clock);
        provide(JsonMapper.class, () -> JsonMapper.builder().build());
        provide(Settings.class, BillingFixture::settings);
        context.register(
                Snapshot.class,
                SessionService.class,
                PlanRepository.class,
                SubscriptionRepository.class,
                RolledOverEnergy.class,
                BilledEventRepository.class,
                PriceConditionsReader.class,
                BucketTotals.class,
                SealedFeeRepository.class,
                SessionFees.class,
                SessionPricing.class,
                SessionPriceCache.class,
                PriceFailures.class,
                SessionCostService.class,
                SessionCostSums.class,
                PlanService.class,
                SubscriptionService.class,
                UsageRepository.class,
                TimedUsage.class,
                UsageService.class,
                DriverPriceService.class,
                EventSeals.class,
                EventSealing.class,
                FeeSealing.class,
                TakenBackEnergy.class,
                IssuerRepository.class,
                IssuerService.class,
                InvoiceRows.class,
                InvoiceJournal.class,
                InvoiceSearch.class,
                SessionFactsReader.class,
                CancellationRepository.class,
                CancellationService.class,
                InvoiceFinalizer.class,
                OperatorIssuer.class,
                DriverGroupRepository.class,
                DriverGroups.class,
                OperatorGroups.class,
                OperatorBilling.class,
                PeriodDiscounts.class,
                InvoicedPeriods.class,
                InvoiceRepository.class,
                InvoiceLineRepository.class,
                InvoiceSchedule.class,
                CreditRepository.class,
                InvoiceWriter.class,
                HeldInvoices.class,
                InvoicingJob.class,
                FinalInvoices.class,
                AuditLog.class,
                InvoiceService.class,
                NextInvoiceService.class,
                CreditService.class,
                BillingConcerns.class,
                PriceGaps.class);
        // Lazy: only what prices need of the package is created.
        var scanner = new ClassPathBeanDefinitionScanner(context);
        scanner.getBeanDefinitionDefaults().setLazyInit(true);
        scanner.scan("express.polaris.billing.tariffs");
        context.refresh();
    }

    private <T> void provide(Class<T> type, Supplier<T> supplier) {
        context.registerBean(type, supplier);
    }

    private static Settings settings() {
        return new Settings(
                false,
                Optional.empty(),
                Optional.empty(),
                Path.of("data"),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                EUR,
                BERLIN,
                5,
                Optional.empty(),
                InetAddress.getLoopbackAddress(),
                new Settings.Backup(Path.of("unused"), Optional.empty(), 7),
                Settings.Retention.USUAL,
                Optional.empty(),
                Map.of());
    }

    public <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    public AccountId driver() {
        number++;
        return new AccountId(jdbc.sql("""
            insert into accounts (email, name, role, locale, time_zone, created_at)
            values (?, 'Anna', 'DRIVER', 'en', 'Europe/Berlin', now()) returning id
            """)
                .param("driver" + number + "@example.org")
                .query(Long.class)
                .single());
    }

    public PlanId plan(String interval, String charges) {
        return plan(interval, charges, "0", false);
    }

    public PlanId plan(String interval, String charges, String currency) {
        return plan(interval, charges, "0", false, currency);
    }

    public PlanId plan(String interval, String charges, String fee, boolean payInAdvance) {
        return plan(interval, charges, fee, payInAdvance, "EUR");
    }

    private PlanId plan(String interval, String charges, String fee, boolean payInAdvance, String currency) {
        number++;
        return new PlanId(jdbc.sql("""
            insert into plans (code, version, name, billing_interval, currency, fee, pay_in_advance, vat_rate, charges,
                   created_at)
            values (?, 1, 'Plan', ?, ?, ?, ?, 19, ?::jsonb, now()) returning id
            """)
                .param("plan" + number)
                .param(interval)
                .param(currency)
                .param(new BigDecimal(fee))
                .param(payInAdvance)
                .param(charges)
                .query(Long.class)
                .single());
    }

    public static String charge(String model, String properties) {
        return "[{\"billable_metric_code\":\"energy_kwh\",\"charge_model\":\"" + model + "\",\"properties\":"
                + properties.replace('\'', '"') + "}]";
    }

    public static String standard(String price) {
        return charge("standard", "{'amount':'" + price + "'}");
    }

    /** Graduated charge of two tiers: one price up to a number of kWh, another price above it. */
    public static String graduated(String upTo, String first, String second) {
        return charge(
                "graduated",
                "{'graduated_ranges':[{'from_value':0,'to_value':" + upTo + ",'per_unit_amount':'" + first
                        + "','flat_amount':'0'},{'from_value':" + upTo + ",'to_value':null,'per_unit_amount':'" + second
                        + "','flat_amount':'0'}]}");
    }

    public SubscriptionId subscribe(AccountId driver, PlanId plan, String from, Optional<String> until) {
        return subscribe(driver, plan, Instant.parse(from), until.map(Instant::parse), "calendar", BERLIN);
    }

    public SubscriptionId subscribe(
            AccountId driver, PlanId plan, Instant from, Optional<Instant> until, String billingTime, ZoneId zone) {
        return new SubscriptionId(jdbc.sql("""
            insert into subscriptions (driver_id, plan_id, started_at, ended_at, billing_time, time_zone, created_at)
            values (?, ?, ?, ?, ?, ?, now()) returning id
            """)
                .param(driver.value())
                .param(plan.value())
                .param(Timestamp.from(from))
                .param(until.map(Timestamp::from).orElse(null))
                .param(billingTime)
                .param(zone.getId())
                .query(Long.class)
                .single());
    }

    /** An event to be stored, with the kWh measured since the previous one. */
    public record Event(String at, String kwh, String... flags) {}

    public SessionId session(AccountId driver, String startedAt) {
        return session(Optional.of(driver), Instant.parse(startedAt), true);
    }

    public SessionId session(Optional<AccountId> driver, Instant startedAt, boolean finalized) {
        number++;
        jdbc.sql("""
            insert into transaction_sync_state (steve_transaction_id, charge_box_id, connector_id, ocpp_id_tag, driver_id,
                   started_at, steve_started_at, first_seen_at, start_value_wh, is_finalized, finalized_at, updated_at)
            values (?, 'CP1', 1, 'TAG', ?, ?, ?, ?, 0, ?, ?, ?)
            """)
                .param(number)
                .param(driver.map(AccountId::value).orElse(null))
                .param(Timestamp.from(startedAt))
                .param(Timestamp.from(startedAt))
                .param(Timestamp.from(startedAt))
                .param(finalized)
                .param(finalized ? Timestamp.from(startedAt) : null)
                .param(Timestamp.from(startedAt))
                .update();
        return new SessionId(number);
    }

    /** A completed session of a driver with these events. */
    public SessionId charged(AccountId driver, Event... events) {
        var session = session(driver, events[0].at());
        for (int position = 0; position < events.length; position++) {
            write(session, position, events[position], position == events.length - 1);
        }
        return session;
    }

    public void write(SessionId session, int position, Event event, boolean isFinal) {
        write(List.of(new Row(
                session,
                position,
                Instant.parse(event.at()),
                new BigDecimal(event.kwh()),
                List.of(event.flags()),
                isFinal)));
    }

    /** One row of {@code synced_transaction_events}. */
    public record Row(
            SessionId session, int position, Instant measuredAt, BigDecimal kwh, List<String> flags, boolean isFinal) {}

    public void write(List<Row> rows) {
        template.batchUpdate("""
            insert into synced_transaction_events (steve_transaction_id, position, measured_from, measured_at,
                   meter_from_wh, meter_to_wh, kwh_delta, flags, is_final, synced_at)
            values (?, ?, coalesce((select e.measured_at from synced_transaction_events e
                                     where e.steve_transaction_id = ? and e.position = ? - 1), ?), ?, 0, 0, ?, ?, ?, now())
            on conflict (steve_transaction_id, position) do update
               set measured_from = excluded.measured_from, measured_at = excluded.measured_at,
                   kwh_delta = excluded.kwh_delta, flags = excluded.flags, is_final = excluded.is_final
            """, new ArrayList<>(rows), 500, (statement, row) -> {
            statement.setLong(1, row.session().value());
            statement.setInt(2, row.position());
            statement.setLong(3, row.session().value());
            statement.setInt(4, row.position());
            statement.setTimestamp(5, Timestamp.from(row.measuredAt()));
            statement.setTimestamp(6, Timestamp.from(row.measuredAt()));
            statement.setBigDecimal(7, row.kwh());
            statement.setArray(
                    8,
                    statement.getConnection().createArrayOf("text", row.flags().toArray()));
            statement.setBoolean(9, row.isFinal());
        });
        jdbc.sql(
                        "update transaction_sync_state set revision = revision + 1, updated_at = ? where steve_transaction_id = any(?)")
                .param(Timestamp.from(clock.instant()))
                .param(rows.stream()
                        .map(row -> row.session().value())
                        .distinct()
                        .toArray(Long[]::new))
                .update();
    }

    /**
     * Marks a session as disputed, in the direction in which SteVe's energy differs from the measured one; null means
     * decided.
     */
    public void dispute(SessionId session, @Nullable String direction) {
        jdbc.sql("update transaction_sync_state set dispute = ? where steve_transaction_id = ?")
                .param(direction)
                .param(session.value())
                .update();
    }

    /**
     * Stores what prices can depend on: the band "night" (22–6 h, every day but holidays), the group "depot" with charge box
     * CP1, and the series "spot" of quarter-hourly prices in 2025 and 2026, 0.05–0.29 per kWh.
     */
    public void tariffs() {
        jdbc.sql("""
            insert into time_bands (code, version, name, rules, saved_at)
            values ('night', 1, 'Night', '[{"days":["mon","tue","wed","thu","fri","sat","sun"],"from":"22:00","to":"06:00"}]',
                    '2025-01-01T00:00:00Z')
            """).update();
        jdbc.sql(
                        "insert into holidays (day, name, recorded_at) values ('2026-04-03', 'Good Friday', '2025-01-01T00:00:00Z')")
                .update();
        jdbc.sql(
                        "insert into charger_groups (code, name, created_at) values ('depot', 'Depot', '2025-01-01T00:00:00Z')")
                .update();
        jdbc.sql("insert into charger_group_members (group_code, charge_box_id) values ('depot', 'CP1')")
                .update();
        jdbc.sql("""
            with series as (
                insert into price_series (code, name, currency, unit, created_at)
                values ('spot', 'Spot', 'EUR', 'kwh', '2025-01-01T00:00:00Z') returning id)
            insert into series_prices (series_id, from_at, to_at, per_kwh, recorded_at)
            select series.id, at, at + interval '15 minutes', 0.05 + 0.01 * (extract(epoch from at)::bigint / 900 % 25),
                   '2025-01-01T00:00:00Z'
              from series, generate_series('2025-01-01'::timestamptz, '2026-12-31', '15 minutes') at
            """).update();
        jdbc.sql("update tariff_version set version = version + 1").update();
    }

    private Optional<Instant> comparedAt() {
        return jdbc.sql("select last_wide_read_at from sync_cursor")
                .query((row, number) -> SqlTime.instant(row, "last_wide_read_at"))
                .single();
    }

    /** Records that SteVe was fully queried at the clock's time. */
    public void everythingIsRead() {
        jdbc.sql("update sync_cursor set last_wide_read_at = ?")
                .param(Timestamp.from(clock.instant()))
                .update();
        jdbc.sql("update transaction_sync_state set last_read_at = ?")
                .param(Timestamp.from(clock.instant()))
                .update();
    }

    /** Draws up the invoices that are due. */
    public int invoice() {
        everythingIsRead();
        return get(InvoicingJob.class).run(Optional.empty());
    }

    public ChargingSession find(SessionId id) {
        return get(SessionService.class).find(id).orElseThrow();
    }

    public SessionCost cost(SessionId id) {
        return get(SessionCostService.class).of(find(id));
    }

    /** 10.00 per month, 0.30 per kWh for the first 10 kWh, 0.20 above, 19 % VAT. */
    public PlanId tiered(boolean payInAdvance) {
        var json =
                new HashMap<>(TestPlan.graduated("home", TestPlan.range(0, 10, "0.30"), TestPlan.rangeFrom(10, "0.20"))
                        .fee(1000)
                        .vat(19)
                        .json());
        json.put("pay_in_advance", payInAdvance);
        return get(PlanService.class).save(json).id();
    }
}
