package express.polaris.sync;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.AuditLog;
import express.polaris.accounts.OperatorNotes;
import express.polaris.platform.database.Snapshot;
import express.polaris.platform.settings.Settings;
import express.polaris.platform.sql.SqlTime;
import express.polaris.platform.time.Uptime;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionCompleted;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionProgressed;
import express.polaris.sessions.SessionService;
import express.polaris.sessions.SyncedTransactionEvent;
import express.polaris.stations.cards.CardLinkService;
import express.polaris.stations.cards.CardService;
import express.polaris.stations.cards.IdTag;
import express.polaris.stations.chargers.ChargerService;
import express.polaris.steve.SteveLimits;
import express.polaris.steve.SteveSettings;
import express.polaris.testing.MutableClock;
import express.polaris.testing.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.json.JsonMapper;

/** Everything from SteVe's API to the session tables, run step by step instead of in threads. */
public final class SyncHarness implements AutoCloseable {

    public static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private static final long START = System.nanoTime();

    /** Found once, because searching packages takes longer than most tests. */
    private static final List<Class<?>> COMPONENTS = components();

    private static final Uptime REAL = () -> Duration.ofNanos(System.nanoTime() - START);

    public final MutableClock clock = new MutableClock(NOON);
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    public SyncHarness(URI steve) {
        this(steve, "polaris", "simulated", SteveLimits.defaults());
    }

    public SyncHarness(URI steve, String username, String password, SteveLimits limits) {
        this(SteveSettings.of(steve, username, password).withLimits(limits), TestDatabase.fresh(), Optional.empty());
    }

    /** One of several nodes on a database. */
    public SyncHarness(URI steve, DataSource database) {
        this(SteveSettings.of(steve, "polaris", "simulated"), database, Optional.empty());
    }

    /**
     * @param realTime replaces the clock that a test moves
     */
    public SyncHarness(SteveSettings steve, DataSource database, Optional<Clock> realTime) {
        this(steve, database, realTime, SyncPace.USUAL);
    }

    SyncHarness(SteveSettings steve, DataSource database, Optional<Clock> realTime, SyncPace pace) {
        context.registerBean("clock", Clock.class, () -> realTime.orElse(clock));
        context.registerBean("uptime", Uptime.class, () -> realTime.isPresent() ? REAL : clock.uptime());
        context.registerBean("dataSource", HikariDataSource.class, () -> pool(database));
        context.registerBean(SteveSettings.class, () -> steve);
        context.registerBean("syncPace", SyncPace.class, () -> pace);
        register(context);
        context.refresh();
    }

    /** Adds everything from SteVe's API to the session tables. Beans are created only when a test requests them. */
    static void register(AnnotationConfigApplicationContext context) {
        context.register(Wiring.class);
        COMPONENTS.forEach(type -> context.registerBean(type, definition -> definition.setLazyInit(true)));
    }

    private static List<Class<?>> components() {
        var scanner = new ClassPathScanningCandidateComponentProvider(true);
        scanner.addExcludeFilter(new AssignableTypeFilter(SyncEngine.class));
        scanner.addExcludeFilter(new AnnotationTypeFilter(TestConfiguration.class));
        return Stream.of(
                        SyncCycle.class,
                        SessionService.class,
                        CardService.class,
                        ChargerService.class,
                        SteveSettings.class)
                .flatMap(type -> scanner.findCandidateComponents(type.getPackageName()).stream())
                .<Class<?>>map(
                        found -> ClassUtils.resolveClassName(Objects.requireNonNull(found.getBeanClassName()), null))
                .toList();
    }

    private static HikariDataSource pool(DataSource database) {
        var config = new HikariConfig();
        config.setDataSource(database);
        config.setMaximumPoolSize(20);
        config.setMinimumIdle(0);
        return new HikariDataSource(config);
    }

    /** Runs a round of discovery, then all due reads, including those that become due immediately. */
    public void sync() {
        sync(false);
    }

    public void sync(boolean wide) {
        discover(wide);
        readDue();
    }

    public void discover(boolean wide) {
        var fence = bean(SyncCursorRepository.class).lead("test", SyncEngine.LEASE);
        boolean goesOn = bean(Discovery.class).run(fence.orElseThrow(), wide).goesOn();
        while (goesOn) {
            goesOn = bean(Discovery.class).run(fence.orElseThrow(), false).goesOn();
        }
        bean(RunRecorder.class).flush();
    }

    /** Reads all due sessions; stops early while SteVe is not called, which leaves unsent reads due. */
    public void readDue() {
        var cycle = bean(SyncCycle.class);
        boolean sent = true;
        for (var due = cycle.claimDue(100); sent && !due.isEmpty(); due = cycle.claimDue(100)) {
            sent = read(due);
        }
        for (var due = cycle.claimBackfill(100); sent && !due.isEmpty(); due = cycle.claimBackfill(100)) {
            sent = read(due);
        }
        bean(RunRecorder.class).flush();
    }

    private boolean read(List<SessionId> due) {
        boolean sent = true;
        for (var id : due) {
            sent &= bean(SyncCycle.class).read(id);
        }
        return sent;
    }

    /** Advances the clock in small steps and runs everything that becomes due. */
    public void syncFor(Duration time, Duration step) {
        var end = clock.instant().plus(time);
        while (clock.instant().isBefore(end)) {
            clock.advance(step);
            sync();
        }
    }

    public ChargingSession session(long id) {
        return bean(SessionService.class).find(new SessionId(id)).orElseThrow();
    }

    public boolean isKnown(long id) {
        return bean(SessionService.class).find(new SessionId(id)).isPresent();
    }

    public List<SyncedTransactionEvent> timeline(long id) {
        var events = new ArrayList<SyncedTransactionEvent>();
        bean(SessionService.class).forEachEvent(new SessionId(id), events::add);
        return events;
    }

    /** kWh of each event in order. */
    public List<BigDecimal> deltas(long id) {
        return timeline(id).stream()
                .map(row -> row.event().delta().kilowattHours().stripTrailingZeros())
                .toList();
    }

    public List<SyncError> errors() {
        return bean(SyncRunRepository.class).list(Optional.empty(), 1000).stream()
                .flatMap(run -> bean(SyncRunRepository.class).find(run.id()).orElseThrow().errors().stream())
                .toList();
    }

    public List<String> errorsOf(long transaction) {
        return errors().stream()
                .filter(error -> error.transactionId().equals(Optional.of(transaction)))
                .map(SyncError::reason)
                .toList();
    }

    public Predicate<SyncError> about(long transaction, String part) {
        return error -> error.transactionId().equals(Optional.of(transaction))
                && error.reason().contains(part);
    }

    public AccountId driver(String name) {
        return new AccountId(jdbc().sql("""
            insert into accounts (email, name, role, locale, time_zone, created_at)
            values (?, ?, 'DRIVER', 'en', 'UTC', ?) returning id
            """)
                .param(name + "@example.org")
                .param(name)
                .param(SqlTime.utc(clock.instant()))
                .query(Long.class)
                .single());
    }

    public void link(String idTag, AccountId driver, Instant from) {
        bean(CardLinkService.class).link(new IdTag(idTag), driver, Optional.of(idTag), Optional.of(from));
    }

    /** The engine with its threads, not started. */
    public SyncEngine engine() {
        return new SyncEngine(
                bean(SyncCursorRepository.class),
                bean(SteveRecovery.class),
                bean(DiscoveryRounds.class),
                bean(Backfill.class),
                bean(DueReads.class),
                bean(SyncCleanUp.class),
                bean(RunRecorder.class));
    }

    public JdbcClient jdbc() {
        return bean(JdbcClient.class);
    }

    /** Published changes of sessions, in order. */
    List<Object> published() {
        return bean(Published.class).changes;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }

    /** Only for the harness: not scanned by the application's tests. */
    @TestConfiguration(proxyBeanMethods = false)
    @EnableTransactionManagement(proxyTargetClass = true)
    @Import({AuditLog.class, OperatorNotes.class, Snapshot.class})
    static class Wiring {

        @Bean
        Published published() {
            return new Published();
        }

        @Bean
        MeterRegistry meterRegistry() {
            return new SimpleMeterRegistry();
        }

        @Bean
        JsonMapper jsonMapper() {
            return JsonMapper.builder().build();
        }

        @Bean
        JdbcTemplate jdbcTemplate(DataSource dataSource) {
            return new JdbcTemplate(dataSource);
        }

        @Bean
        NamedParameterJdbcTemplate namedParameterJdbcTemplate(JdbcTemplate template) {
            return new NamedParameterJdbcTemplate(template);
        }

        @Bean
        JdbcClient jdbcClient(NamedParameterJdbcTemplate template) {
            return JdbcClient.create(template);
        }

        @Bean
        PlatformTransactionManager transactionManager(DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }

        @Bean
        TransactionTemplate transactionTemplate(PlatformTransactionManager transactions) {
            return new TransactionTemplate(transactions);
        }

        @Bean
        Settings settings() {
            return new Settings(
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    Path.of("unused"),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Currency.getInstance("EUR"),
                    ZoneOffset.UTC,
                    50,
                    Optional.empty(),
                    InetAddress.getLoopbackAddress(),
                    new Settings.Backup(Path.of("unused"), Optional.empty(), 7),
                    Settings.Retention.USUAL,
                    Optional.empty(),
                    Map.of());
        }
    }

    static class Published {

        private final List<Object> changes = new CopyOnWriteArrayList<>();

        @EventListener({SessionProgressed.class, SessionCompleted.class})
        void on(Object change) {
            changes.add(change);
        }
    }
}
