package express.polaris.platform.database.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import express.polaris.platform.database.backup.Restore.Target.EndOfBackup;
import express.polaris.platform.version.PortalVersion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
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
            var restored = restore(other, backup.name());
            assertThat(restored.former()).isEmpty();
            try (var copy = Installation.start(other)) {
                assertThat(copy.everyRow()).isEqualTo(rows);
            }
        }
    }

    @Test
    void theFormerDatabaseIsPutAsideAndKept() throws Exception {
        String name;
        try (var portal = Installation.start(data)) {
            name = portal.backups(backups).make(false).name();
            portal.execute("create table later as select 1 as one");
        }
        var former = restore(data, name).former().orElseThrow();
        assertThat(former).isEqualTo(data.resolve("postgresql.before-restore-1"));
        try (var portal = Installation.start(data)) {
            assertThat(portal.column("select to_regclass('later')")).containsOnlyNulls();
        }
        Files.move(data.resolve("postgresql"), data.resolve("postgresql.restored-once"));
        Files.move(former, data.resolve("postgresql"));
        try (var portal = Installation.start(data)) {
            assertThat(portal.column("select one from later")).containsExactly("1");
        }
    }

    @Test
    void aRunningPortalIsNotRestored() throws Exception {
        try (var portal = Installation.start(data)) {
            var backup = portal.backups(backups).make(false);
            assertThatThrownBy(() -> restore(data, backup.name()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Another Polaris Express is already running on");
            assertThat(portal.column("select 1")).containsExactly("1");
        }
    }

    @Test
    void whatCannotBeRestoredIsRefusedAndChangesNothing() throws Exception {
        Backup backup;
        try (var portal = Installation.start(data)) {
            backup = portal.backups(backups).make(false);
            portal.execute("create table present as select 1 as one");
        }
        assertThatThrownBy(() -> restore(data, "2020-01-01T000000Z")).hasMessageContaining("has no backup named 2020");

        alter(backup, "\"schema\" : " + backup.schema(), "\"schema\" : 9999");
        assertThatThrownBy(() -> restore(data, backup.name()))
                .hasMessageContaining("was made by the newer portal " + PortalVersion.ofBuild() + " (schema 9999");
        alter(backup, "\"schema\" : 9999", "\"schema\" : " + backup.schema());

        alter(backup, "\"postgres\" : " + backup.postgres(), "\"postgres\" : 170004");
        assertThatThrownBy(() -> restore(data, backup.name()))
                .hasMessageContaining("is of PostgreSQL 17, this portal brings PostgreSQL 18");
        alter(backup, "\"postgres\" : 170004", "\"postgres\" : " + backup.postgres());

        damage(backups.resolve(backup.name()).resolve(BackupDirectory.ARCHIVE));
        assertThatThrownBy(() -> restore(data, backup.name())).isInstanceOf(BackupFailed.class);

        assertThat(data).isDirectoryNotContaining(file -> file.toString().contains("postgresql."));
        try (var portal = Installation.start(data)) {
            assertThat(portal.column("select one from present")).containsExactly("1");
        }
    }

    /** Red: the server of another major version came with an update, and backups of the former one do not say so. */
    @Test
    void thePortalKnowsTheVersionOfItsServer() throws Exception {
        try (var portal = Installation.start(data)) {
            assertThat(portal.column("select current_setting('server_version_num')::int / 10000"))
                    .containsExactly(String.valueOf(RecoveringServer.POSTGRES_MAJOR));
            assertThat(portal.column("select current_setting('wal_segment_size')"))
                    .containsExactly("16MB");
        }
    }

    @Test
    void onlyTheNewestNightlyBackupsAreKeptAndThoseByHandSinceThen() throws Exception {
        try (var portal = Installation.start(data)) {
            var service = portal.backups(backups);
            var byHand = service.make(false);
            var first = service.make(true);
            var second = service.make(true);
            assertThat(service.list()).containsExactly(second, first, byHand);
            var lateByHand = service.make(false);
            var third = service.make(true);
            // two nightly ones are kept, and the one by hand that is newer than the older of them
            assertThat(service.list()).containsExactly(third, lateByHand, second);
            assertThat(backups).isDirectoryNotContaining(file -> file.toString().endsWith(".partial"));
        }
    }

    @Test
    void aFailedBackupLeavesNothing() throws Exception {
        try (var portal = Installation.start(data)) {
            var good = portal.backups(backups).make(false);
            portal.execute("create tablespace elsewhere location '"
                    + Files.createDirectory(data.resolveSibling("elsewhere")) + "'");
            assertThatThrownBy(() -> portal.backups(backups).make(false))
                    .isInstanceOf(BackupFailed.class)
                    .hasMessageContaining("has a tablespace");
            assertThat(portal.backups(backups).list()).containsExactly(good);
            assertThat(backups).isDirectoryNotContaining(file -> file.toString().endsWith(".partial"));
            assertThat(portal.column("select count(*) from pg_replication_slots"))
                    .containsExactly("0");
        }
    }

    @Test
    void onlyItsOwnerCanReadABackup() throws Exception {
        try (var portal = Installation.start(data)) {
            var backup = portal.backups(backups).make(false);
            var directory = backups.resolve(backup.name());
            assertThat(permissions(directory)).isEqualTo("rwx------");
            assertThat(permissions(directory.resolve("base.tar.gz"))).isEqualTo("rw-------");
            assertThat(permissions(directory.resolve("manifest.json"))).isEqualTo("rw-------");
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private Restore.Restored<Instant> restore(Path directory, String name) {
        var settings = Installation.settings(directory, backups);
        return new Restore(settings, new Backups(settings, Clock.systemUTC()))
                .restore(name, new EndOfBackup(), connection -> Instant.EPOCH);
    }

    private void alter(Backup backup, String from, String to) throws IOException {
        var manifest = backups.resolve(backup.name()).resolve("manifest.json");
        var content = Files.readString(manifest);
        assertThat(content).contains(from);
        Files.writeString(manifest, content.replace(from, to));
    }

    private static void damage(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap("damaged".getBytes(StandardCharsets.UTF_8)), channel.size() / 2);
        }
    }
}
