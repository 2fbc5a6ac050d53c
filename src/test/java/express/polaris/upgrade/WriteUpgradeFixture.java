package express.polaris.upgrade;

import express.polaris.testing.MutableClock;
import express.polaris.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Makes the fixture of the version that is checked out: {@code ./mvnw test -Dtest=WriteUpgradeFixture}. No part of the
 * test run: its name does not end like a test's. Run it in the last commit before a migration that changes what is kept
 * of sessions or invoices, and let {@link UpgradeTest} read it.
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
