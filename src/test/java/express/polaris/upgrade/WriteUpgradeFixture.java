package express.polaris.upgrade;

import express.polaris.testing.MutableClock;
import express.polaris.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Creates the fixture of the checked-out version: {@code ./mvnw test -Dtest=WriteUpgradeFixture}. Not part of the test
 * run, because its name does not end like a test's. Run it in the last commit before a migration that changes how
 * sessions or invoices are stored, and add a subclass of {@link UpgradeFrom} for it.
 */
class WriteUpgradeFixture {

    static final Path DIRECTORY = Path.of("src/test/resources/express/polaris/upgrade");

    @Test
    void writeTheDumpAndTheNumbers() throws Exception {
        var database = TestDatabase.freshUrl();
        var clock = new MutableClock(FixtureHistory.EPOCH);
        FixtureHistory.play(database, clock);
        Files.createDirectories(DIRECTORY);
        var name = "v" + DatabaseDump.version(database);
        DatabaseDump.write(database, DIRECTORY.resolve(name + ".sql.gz"));
        try (var application = StoppedTime.start(database, StoppedTime.NO_STEVE, clock)) {
            Files.writeString(
                    DIRECTORY.resolve(name + ".numbers.txt"),
                    PortalNumbers.of(application).lines());
        }
    }
}
