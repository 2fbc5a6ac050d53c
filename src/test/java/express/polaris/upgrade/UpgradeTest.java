package express.polaris.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.testing.Browser;
import express.polaris.testing.MutableClock;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Starts the current application on a database filled by schema version 19. Fails if an upgrade breaks it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UpgradeTest {

    /**
     * Differences that an upgrade causes on purpose: the prefix of the difference's line and the reason. Nothing else
     * may differ.
     */
    private static final Map<String, String> MEANT = Map.of(
            "readings 380 rows: ", "rows of measurands that metering does not read are counted and not listed",
            "readings 420 rows: ", "rows of measurands that metering does not read are counted and not listed");

    private ConfigurableApplicationContext application;

    @BeforeAll
    void upgrade() throws Exception {
        var database = DatabaseDump.restore(resource("v19.sql.gz"));
        application = StoppedTime.start(database, StoppedTime.NO_STEVE, new MutableClock(FixtureHistory.END));
    }

    @AfterAll
    void close() {
        application.close();
    }

    @Test
    void everyMigrationHasRun() {
        var newest = application
                .getBean(JdbcClient.class)
                .sql("""
                select max(version::integer) from flyway_schema_history where success
                """)
                .query(Integer.class)
                .single();
        assertThat(newest).isGreaterThan(19);
    }

    @Test
    void everyNumberIsTheSameAsBeforeTheUpgrade() throws Exception {
        var before = PortalNumbers.parse(text("v19.numbers.txt"));
        var differences = before.differences(PortalNumbers.of(application));
        assertThat(differences.stream()
                        .filter(difference -> MEANT.keySet().stream().noneMatch(difference::startsWith)))
                .isEmpty();
        assertThat(MEANT.keySet().stream()
                        .filter(meant -> differences.stream().noneMatch(difference -> difference.startsWith(meant))))
                .as("changes that are listed as meant and do not happen")
                .isEmpty();
    }

    @Test
    void everyKindOfPageOpens() {
        var ada = FixtureApi.signIn(application, "ada@fixture.example");
        var invoice = FixtureApi.of(application, "ada@fixture.example")
                .get("/invoices")
                .path("items")
                .path(0)
                .path("number")
                .asString();
        opens(ada, List.of("/", "/sessions", "/cards", "/chargers", "/invoices", "/invoices/" + invoice, "/account"));
        assertThat(ada.get("/api/v1/invoices/" + invoice + ".pdf").body()).startsWith("%PDF");
        var finn = FixtureApi.signIn(application, "finn@fixture.example");
        var sessions = FixtureApi.of(application, "finn@fixture.example").all("/sessions");
        opens(
                finn,
                sessions.stream()
                        .map(session -> "/sessions/" + session.path("id").asLong())
                        .toList());
        var olive = FixtureApi.signIn(application, StoppedTime.OPERATOR);
        opens(olive, List.of("/operator", "/operator/transactions", "/operator/invoices", "/operator/plans"));
        opens(
                olive,
                sessions.stream()
                        .map(session ->
                                "/operator/transactions/" + session.path("id").asLong())
                        .toList());
    }

    private static void opens(Browser browser, List<String> paths) {
        assertThat(paths)
                .isNotEmpty()
                .allSatisfy(path ->
                        assertThat(browser.get(path).statusCode()).as(path).isEqualTo(200));
    }

    private static String text(String name) throws Exception {
        try (var in = resource(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(UpgradeTest.class.getResourceAsStream(name), name);
    }
}
