package express.polaris.platform.database.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import express.polaris.platform.database.DataDirectory;
import express.polaris.platform.database.backup.Restore.Target;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recovery to a point in time after a backup, by the archived write-ahead log. */
class PointInTimeTest {

    private final Path data;
    private final Path backups;
    private final Path other;

    PointInTimeTest(@TempDir Path directory) {
        data = directory.resolve("data");
        backups = directory.resolve("backups");
        other = directory.resolve("other");
    }

    @Test
    void everyMomentAfterTheBackupCanBeRestored() throws Exception {
        Backup backup;
        Instant afterTwo;
        Instant afterThree;
        try (var portal = Installation.start(data)) {
            portal.execute("create table kept (n int)");
            var archive = new Archiving();
            archive.pass();
            backup = portal.backups(backups).make(false);
            portal.execute("insert into kept values (1)");
            archive.pass();
            portal.execute("insert into kept values (2)");
            afterTwo = now(portal);
            // into further files of the log, some of them archived in parts
            portal.execute("select pg_switch_wal()");
            portal.execute("insert into kept values (3)");
            afterThree = now(portal);
            archive.pass();
            portal.execute("insert into kept values (4)");
            portal.execute("select pg_switch_wal()");
            archive.pass();
            portal.execute("insert into kept values (5)");
            archive.pass();
            portal.execute("insert into kept values (6)");
        }
        assertThat(restored(backup, new Target.EndOfBackup())).isEmpty();
        assertThat(restored(backup, new Target.Time(afterTwo))).containsExactly("1", "2");
        assertThat(restored(backup, new Target.Time(afterThree))).containsExactly("1", "2", "3");
        assertThat(restored(backup, new Target.Latest())).containsExactly("1", "2", "3", "4", "5");
        assertThatThrownBy(() -> restored(backup, new Target.Time(Instant.parse("2126-01-01T00:00:00Z"))))
                .hasMessageContaining("The archive of the write-ahead log does not reach 2126-01-01T00:00:00Z")
                .hasMessageContaining("--to latest");
        assertThatThrownBy(() -> restored(backup, new Target.Time(backup.startedAt())))
                .hasMessageContaining("after the asked time");
    }

    /** As if the machine had died while a part was written. */
    @Test
    void aTornPartOfTheArchiveIsLeftOut() throws Exception {
        Backup backup;
        try (var portal = Installation.start(data)) {
            portal.execute("create table kept (n int)");
            var archive = new Archiving();
            archive.pass();
            backup = portal.backups(backups).make(false);
            portal.execute("insert into kept values (1)");
            archive.pass();
            portal.execute("insert into kept select 2 from generate_series(1, 1000)");
            archive.pass();
        }
        var newest = archived(backup).getLast();
        try (var file = FileChannel.open(newest, StandardOpenOption.WRITE)) {
            file.truncate(file.size() - 20);
        }
        assertThat(restored(backup, new Target.Latest())).contains("1");
    }

    @Test
    void aRestartedPortalGoesOnWithTheArchive() throws Exception {
        Backup backup;
        try (var portal = Installation.start(data)) {
            portal.execute("create table kept (n int)");
            new Archiving().pass();
            backup = portal.backups(backups).make(false);
            portal.execute("insert into kept values (1)");
            new Archiving().pass();
            portal.execute("insert into kept values (2)");
        }
        try (var portal = Installation.start(data)) {
            portal.execute("insert into kept values (3)");
            new Archiving().pass();
        }
        assertThat(restored(backup, new Target.Latest())).containsExactly("1", "2", "3");
    }

    @Test
    void theServerKeepsNoMoreThanWhatIsNotArchivedAndOldLogIsRemovedWithItsBackup() throws Exception {
        try (var portal = Installation.start(data)) {
            portal.execute("create table kept (n int)");
            var archive = new Archiving();
            archive.pass();
            var service = portal.backups(backups);
            var oldest = service.make(true);
            for (int i = 0; i < 4; i++) {
                portal.execute("insert into kept values (1)");
                portal.execute("select pg_switch_wal()");
                archive.pass();
            }
            assertThat(portal.column("""
                    select pg_walfile_name(restart_lsn) = pg_walfile_name(pg_current_wal_lsn())
                      from pg_replication_slots where slot_name = 'polaris_archive'
                    """)).containsExactly("t");
            int before = archived(oldest).size();
            service.make(true);
            service.make(true);
            var left = archived(oldest);
            assertThat(left).hasSizeLessThan(before - 3);
            var kept = service.list().getLast();
            assertThat(kept).isNotEqualTo(oldest);
            assertThat(left)
                    .allSatisfy(file -> assertThat(WalPosition.segmentOf(
                                    file.getFileName().toString().substring(0, 24)))
                            .isGreaterThanOrEqualTo(WalPosition.segment(kept.startWal())));
        }
    }

    /** Red: after two restores of one backup, the log of both would have the same names. */
    @Test
    void eachRestoreBeginsATimelineOfItsOwn() throws Exception {
        Backup backup;
        try (var portal = Installation.start(data)) {
            backup = portal.backups(backups).make(false);
        }
        for (var timeline : List.of("00000002", "00000003")) {
            restore(data, backup, new Target.EndOfBackup());
            try (var portal = Installation.start(data)) {
                assertThat(portal.column("select substring(pg_walfile_name(pg_current_wal_lsn()) for 8)"))
                        .containsExactly(timeline);
            }
        }
    }

    private final class Archiving {

        private final DataDirectory directory = new DataDirectory(data);
        private final WalArchive archive;

        Archiving() throws Exception {
            try (var server = server()) {
                var cluster = server.cluster();
                archive = new WalArchive(
                        directory.cluster(), backups.resolve("wal").resolve(cluster.system()), cluster.timeline());
            }
        }

        void pass() throws Exception {
            try (var server = server()) {
                archive.archive(server);
            }
        }

        private BackupServer server() throws Exception {
            return BackupServer.connect(directory.running().orElseThrow());
        }
    }

    private List<Path> archived(Backup backup) throws IOException {
        try (var files = Files.list(backups.resolve("wal").resolve(backup.system()))) {
            return files.filter(file -> file.toString().endsWith(".gz"))
                    .sorted()
                    .toList();
        }
    }

    private List<String> restored(Backup backup, Target target) throws IOException, SQLException {
        restore(other, backup, target);
        try (var copy = Installation.start(other)) {
            return copy.column("select n from kept order by n");
        }
    }

    private void restore(Path directory, Backup backup, Target target) {
        var settings = Installation.settings(directory, backups);
        new Restore(settings, new Backups(settings, Clock.systemUTC()))
                .restore(backup.name(), target, connection -> true);
    }

    /** By the server, between two transactions. */
    private static Instant now(Installation portal) throws SQLException {
        return OffsetDateTime.parse(portal.column(
                                "select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')")
                        .getFirst())
                .toInstant();
    }
}
