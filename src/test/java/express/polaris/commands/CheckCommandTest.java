package express.polaris.commands;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.platform.settings.Settings.DatabaseAccess;
import express.polaris.testing.MailServer;
import express.polaris.testing.TestDatabase;
import express.polaris.testing.WrongSteve;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code polaris-express check} against a simulated SteVe, a real database and a real mail server. */
class CheckCommandTest {

    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int check(String... settings) {
        var options = new ArrayList<String>();
        for (var setting : settings) {
            options.add("--polaris." + setting);
        }
        return Commands.run(
                List.of("check"),
                options,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String[] steve(String address, String... others) {
        var all = new ArrayList<>(
                List.of("steve.base-url=" + address, "steve.username=api", "steve.password=hidden-secret"));
        all.addAll(List.of(others));
        return all.toArray(String[]::new);
    }

    @Test
    void everythingThatWorksIsSaidToWork() throws IOException {
        var secret = Files.writeString(directory.resolve("secret"), "polaris-secret\n");
        try (var steve = new SimulatedSteve(Clock.systemUTC()).start()) {
            Files.writeString(secret, steve.password());
            int code = check(
                    "steve.base-url=" + steve.baseUrl(),
                    "steve.username=" + steve.username(),
                    "steve.password.file=" + secret,
                    "database.url=" + TestDatabase.freshUrl(),
                    "public.url=https://portal.polaris.example",
                    "smtp.host=127.0.0.1",
                    "smtp.port=" + MailServer.port(),
                    "smtp.security=none",
                    "smtp.from=portal@polaris.example");
            assertThat(printed())
                    .contains("works     SteVe: answers at " + steve.baseUrl() + ", and has everything that is needed")
                    .containsPattern("works     Database: PostgreSQL 1\\d\\.\\d+, with the portal's schema \\d+")
                    .contains("works     E-mail: the server accepts the connection")
                    .contains("POLARIS_STEVE_PASSWORD = •••••••• (file " + secret + ")")
                    .contains("POLARIS_CURRENCY = EUR")
                    .doesNotContain(steve.password());
            assertThat(err.size()).isZero();
            assertThat(code).isEqualTo(Commands.SUCCESS);
        }
    }

    @Test
    void eachThingThatFailsIsNamedWithWhatToDo() {
        try (var steve = new WrongSteve()) {
            steve.answers(WrongSteve.Answer.NO_API_PASSWORD);
            int code = check(steve(
                    steve.baseUrl().toString(),
                    "database.url=jdbc:postgresql://127.0.0.1:1/polaris?user=polaris&password=hidden-secret",
                    "public.url=https://portal.polaris.example",
                    "smtp.host=127.0.0.1",
                    "smtp.port=1",
                    "smtp.from=portal@polaris.example"));
            assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
            assertThat(printed())
                    .contains(
                            "FAILS     SteVe: ",
                            "FAILS     Database: ",
                            "FAILS     E-mail: nothing accepts connections")
                    .contains("Check POLARIS_DATABASE_URL")
                    .contains("Check POLARIS_SMTP_HOST")
                    .doesNotContain("hidden-secret");
            assertThat(code).isEqualTo(Commands.FAILURE);
        }
    }

    @Test
    void anEmptyDatabaseAndOneWithoutRightsAreToldApart() throws Exception {
        var empty = TestDatabase.emptyUrl();
        assertThat(Trials.external(access(empty)).words())
                .contains("empty; the first start creates the portal's tables");
        try (var owner = DriverManager.getConnection(empty);
                var statement = owner.createStatement()) {
            statement.execute("create role reader_of_check login");
        }
        var finding = Trials.external(new DatabaseAccess(
                empty.replaceFirst("user=\\w+", "user=reader_of_check"), Optional.empty(), Optional.empty()));
        assertThat(finding.words()).isEqualTo("the user reader_of_check may not create tables");
        assertThat(finding.advice())
                .contains("As the owner of the database: grant create on schema public to reader_of_check");
    }

    @Test
    void aDatabaseOfANewerPortalFails() throws Exception {
        var newer = TestDatabase.freshUrl();
        try (var owner = DriverManager.getConnection(newer);
                var statement = owner.createStatement()) {
            statement.execute("""
                    insert into flyway_schema_history
                           (installed_rank, version, description, type, script, installed_by, execution_time, success)
                    values (9999, '9999', 'from the future', 'SQL', 'V9999__from_the_future.sql', '', 1, true)""");
        }
        var finding = Trials.external(access(newer));
        assertThat(finding).isInstanceOf(Finding.Fails.class);
        assertThat(finding.words())
                .startsWith("the database has schema version 9999, which this Polaris Express ")
                .containsPattern("does not know; the newest it knows is \\d+$");
        assertThat(finding.advice())
                .hasValueSatisfying(advice -> assertThat(advice).contains("restore the backup"));
    }

    private static DatabaseAccess access(String url) {
        return new DatabaseAccess(url, Optional.empty(), Optional.empty());
    }

    @Test
    void checkingChangesNothing() {
        var data = directory.resolve("not/there/yet");
        try (var steve = new WrongSteve()) {
            check(steve(steve.baseUrl().toString(), "data.directory=" + data));
            assertThat(printed()).contains("works     Database: embedded, in " + data + ", not running, ");
            assertThat(printed()).contains("off       E-mail: no mail is sent");
            assertThat(data.getParent()).doesNotExist();
        }
    }

    @Test
    void invalidSettingsAreListedAndNothingIsTried() {
        assertThat(check("steve.base-url=steve", "currency=EURO")).isEqualTo(Commands.INVALID);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("POLARIS_STEVE_BASE_URL is \"steve\"", "POLARIS_CURRENCY is \"EURO\"");
        assertThat(printed()).isEmpty();
    }

    @Test
    void theDemoSimulatesSteve() {
        assertThat(check("data.directory=" + directory)).isEqualTo(Commands.SUCCESS);
        assertThat(printed()).contains("off       SteVe: simulated by the demo");
    }
}
