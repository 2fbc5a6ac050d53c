package express.polaris.platform.database.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups of a running database, restored to another directory. */
class BackupTest {

    private final Path data;
    private final Path backups;
    private final Path other;

    BackupTest(@TempDir Path directory) {
        data = directory.resolve("data");
        backups = directory.resolve("backups");
        other = directory.resolve("other");
    }

    @Test
    void aRestoredDatabaseHasEveryRow() throws Exception {
        try (var portal = Installation.start(data)) {
            portal.fill();
            var backup = portal.backups(backups).make(false);
            var rows = portal.everyRow();
            assertThat(rows.get("invoices")).hasSizeGreaterThan(5);
            assertThat(rows.get("synced_transaction_events")).hasSizeGreaterThan(500);
            portal.execute("delete from session_price; update accounts set name = 'changed afterwards'");
            var restored = restore(other, backup.name(), new Restore.Target.EndOfBackup());
            assertThat(restored.former()).isEmpty();
            try (var copy = Installation.start(other)) {
                assertThat(copy.everyRow()).isEqualTo(rows);
            }
        }
    }

    private Restore.Restored<Integer> restore(Path directory, String name, Restore.Target target) {
        var settings = Installation.settings(directory, backups);
        var list = new Backups(settings, java.time.Clock.systemUTC());
        return new Restore(settings, list).restore(name, target, connection -> 1);
    }
}
