package express.polaris.testing;

import express.polaris.PolarisExpress;
import express.polaris.accounts.Account;
import express.polaris.accounts.AccountService;
import express.polaris.accounts.FastPasswords;
import express.polaris.accounts.NewDriver;
import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.demo.simulator.SteveWorld;
import express.polaris.stations.cards.CardLinkService;
import express.polaris.stations.cards.IdTag;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.session.SessionRepository;

/** The whole application with its threads and the system clock, on its own database and simulated SteVe. */
public final class RunningPortal implements AutoCloseable {

    public static final String PASSWORD = "correct horse battery";

    private static final AtomicInteger COUNT = new AtomicInteger();

    public final SimulatedSteve steve;
    private final String host;
    private final String database;
    private final ConfigurableApplicationContext application;

    /** Served under its IP address, with a public address and mail. */
    public RunningPortal() {
        this(
                "127.0.0.1",
                newSteve(),
                TestDatabase.freshUrl(),
                "--polaris.public.url=" + MailServer.PUBLIC_URL,
                "--polaris.smtp.host=127.0.0.1",
                "--polaris.smtp.port=" + MailServer.port(),
                "--polaris.smtp.security=none",
                "--polaris.smtp.from=portal@polaris.example");
    }

    /** Served under its IP address, on the given database. */
    public static RunningPortal on(OwnDatabase database) {
        return new RunningPortal("127.0.0.1", newSteve(), database.url());
    }

    private RunningPortal(String host, SimulatedSteve steve, String database, String... more) {
        this(host, steve, steve.baseUrl(), database, more);
    }

    /** @param steveAddress address of the settings */
    private RunningPortal(String host, SimulatedSteve steve, URI steveAddress, String database, String... more) {
        this.host = host;
        this.steve = steve;
        this.database = database;
        var settings = Stream.of(
                "--server.port=0",
                "--polaris.database.url=" + database,
                "--polaris.steve.base-url=" + steveAddress,
                "--polaris.steve.username=" + steve.username(),
                "--polaris.steve.password=" + steve.password(),
                "--polaris.steve.calls.per.second=50");
        application = new SpringApplicationBuilder(PolarisExpress.class, FastPasswords.class)
                .properties("spring.main.register-shutdown-hook=false")
                .run(Stream.concat(settings, Stream.of(more)).toArray(String[]::new));
    }

    /** Served as {@code localhost}, which browsers trust like https, without a public address or mail. */
    public static RunningPortal onLocalhost() {
        return new RunningPortal("localhost", newSteve(), TestDatabase.freshUrl());
    }

    /**
     * One of several nodes, with these settings.
     *
     * @param settings as on the command line, {@code --name=value}
     */
    public static RunningPortal node(String... settings) {
        return new RunningPortal("127.0.0.1", newSteve(), TestDatabase.freshUrl(), settings);
    }

    /** An installation with another SteVe than the simulated one. */
    public static RunningPortal with(URI steveAddress, String... settings) {
        return new RunningPortal("127.0.0.1", newSteve(), steveAddress, TestDatabase.freshUrl(), settings);
    }

    /** Another node on the same database and SteVe. */
    public RunningPortal another(String... settings) {
        return new RunningPortal("127.0.0.1", steve, database, settings);
    }

    private static SimulatedSteve newSteve() {
        return new SimulatedSteve(new SteveWorld(Clock.systemUTC()), Duration.ofSeconds(1)).start();
    }

    /** The running application as tests with one application see it. */
    public Portal portal() {
        return new Portal(bean(JdbcClient.class), bean(SessionRepository.class), bean(Environment.class));
    }

    public String url(String path) {
        return "http://" + host + ":" + application.getEnvironment().getProperty("local.server.port") + path;
    }

    public Account driver(String name) {
        return bean(AccountService.class)
                .createDriver(
                        Optional.empty(),
                        new NewDriver(
                                name.toLowerCase(java.util.Locale.ROOT) + COUNT.incrementAndGet() + "@example.org",
                                name,
                                Optional.of(PASSWORD),
                                Optional.of("en"),
                                Optional.of("Europe/Berlin")));
    }

    /** A tag linked to the driver from a month ago. */
    public String card(Account driver) {
        var tag = "TAG" + COUNT.incrementAndGet();
        steve.world().addTag(tag);
        bean(CardLinkService.class)
                .link(
                        new IdTag(tag),
                        driver.id(),
                        Optional.of("Blue fob"),
                        Optional.of(Instant.now().minus(Duration.ofDays(30))));
        return tag;
    }

    public <T> T bean(Class<T> type) {
        return application.getBean(type);
    }

    public <T> T bean(String name, Class<T> type) {
        return application.getBean(name, type);
    }

    @Override
    public void close() {
        application.close();
        steve.close();
    }
}
