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

/**
 * Migrates a database that an earlier schema version filled through every later version, one at a time, and starts the
 * current application on the result. Fails if an upgrade breaks the database or changes a number that was shown.
 *
 * <p>The code of that version wrote the fixture: {@link WriteUpgradeFixture} ran in a checkout of the last commit with
 * that schema.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class UpgradeFrom {

    /**
     * Differences that an upgrade causes on purpose: the prefix of the difference's line and the reason. Nothing else
     * may differ.
     */
    private static final Map<String, String> MEANT = Map.of(
            "readings 380 rows: ", "rows of measurands that metering does not read are counted and not listed",
            "readings 420 rows: ", "rows of measurands that metering does not read are counted and not listed");

    private final int version;
    private List<UpgradeSteps.Step> steps = List.of();
    private ConfigurableApplicationContext application;

    UpgradeFrom(int version) {
        this.version = version;
    }

    @BeforeAll
    void upgrade() throws Exception {
        try (var dump = resource("v" + version + ".sql.gz")) {
            var database = DatabaseDump.restore(dump);
            steps = UpgradeSteps.migrate(database);
            application = StoppedTime.start(database, StoppedTime.NO_STEVE, new MutableClock(FixtureHistory.END));
        }
    }

    @AfterAll
    void close() {
        application.close();
    }

    @Test
    void everyLaterVersionIsReachedFromTheOneBefore() throws Exception {
        assertThat(steps.getFirst().version()).isEqualTo(Integer.toString(version));
        assertThat(steps.stream().skip(1).map(UpgradeSteps.Step::version).toList())
                .isEqualTo(UpgradeSteps.versionsAfter(version))
                .isNotEmpty();
    }

    @Test
    void noVersionChangesTheEnergyOfASessionOrAnythingOfAnInvoice() {
        var before = steps.getFirst().kept();
        assertThat(before.keySet()).contains("energy of sessions", "sealed events", "invoices", "lines of invoices");
        assertThat(before).allSatisfy((name, rows) -> assertThat(rows).as(name).isNotEmpty());
        assertThat(steps)
                .allSatisfy(step ->
                        assertThat(step.kept()).as("version %s", step.version()).isEqualTo(before));
    }

    @Test
    void everyNumberIsTheSameAsBeforeTheUpgrade() throws Exception {
        var before = PortalNumbers.parse(text("v" + version + ".numbers.txt"));
        var differences = before.differences(PortalNumbers.of(application));
        assertThat(differences.stream()
                        .filter(difference -> MEANT.keySet().stream().noneMatch(difference::startsWith)))
                .isEmpty();
        assertThat(MEANT.keySet().stream()
                        .filter(prefix -> differences.stream().noneMatch(line -> line.startsWith(prefix))))
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
        return Objects.requireNonNull(UpgradeFrom.class.getResourceAsStream(name), name);
    }
}
