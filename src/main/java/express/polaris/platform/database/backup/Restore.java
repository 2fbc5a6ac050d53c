package express.polaris.platform.database.backup;

import express.polaris.platform.database.DataDirectory;
import express.polaris.platform.database.SchemaVersion;
import express.polaris.platform.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * Restores a backup. Everything happens beside the present database, which is put aside only when the restored one has
 * recovered and answered; it is never deleted.
 */
public final class Restore {

    private final DataDirectory data;
    private final Backups backups;
    private final BackupDirectory directory;

    public Restore(Settings settings, Backups backups) {
        this.data = new DataDirectory(settings.dataDirectory());
        this.backups = backups;
        this.directory = new BackupDirectory(settings.backup());
    }

    /** State of the database that is restored. */
    public sealed interface Target {

        /** The end of the backup. */
        record EndOfBackup() implements Target {}

        /** The last transaction that is in the archive of the write-ahead log. */
        record Latest() implements Target {}

        /** The last transaction that was committed at or before this time, by the server's clock. */
        record Time(Instant at) implements Target {}
    }

    /**
     * What was restored.
     *
     * @param former where the database is that was in use before; empty if there was none
     * @param asOf commit of the last transaction after the backup's start; empty if there was none
     * @param answer of the caller's query
     */
    public record Restored<T>(Backup backup, Optional<Path> former, Optional<Instant> asOf, T answer) {}

    /** Query of the restored database; if it fails, the restore fails. */
    @FunctionalInterface
    public interface Query<T> {
        T ask(Connection connection) throws SQLException;
    }

    /**
     * Restores a backup.
     *
     * @throws BackupFailed saying why; the present database is as it was
     * @throws IllegalStateException when the portal is running
     */
    public <T> Restored<T> restore(String name, Target target, Query<T> query) {
        try (var lock = data.lock();
                var others = directory.lock()) {
            var backup = backups.find(name)
                    .orElseThrow(() -> new BackupFailed(
                            directory.path() + " has no backup named " + name + "; the command backups lists them"));
            requireKnown(backup, target);
            var restoring = data.path().resolve("postgresql.restoring");
            try {
                DurableFiles.deleteRecursively(restoring);
                unpack(backup, target, restoring);
                var recovered = RecoveringServer.recover(restoring, backup, target, query);
                WalArchive.copyHistories(restoring.resolve(ClusterFiles.WAL), directory.wal(backup.system()));
                DurableFiles.deleteRecursively(data.restoredCluster());
                DurableFiles.rename(restoring, data.restoredCluster());
                return new Restored<>(backup, data.takeRestoredCluster(), recovered.asOf(), recovered.answer());
            } catch (IOException | SQLException | RuntimeException e) {
                DurableFiles.deleteRecursively(restoring);
                throw e;
            }
        } catch (IOException | SQLException e) {
            throw new BackupFailed("The restore of " + name + " failed; the present database is as it was", e);
        }
    }

    private static void requireKnown(Backup backup, Target target) throws IOException {
        int schema = SchemaVersion.newest();
        if (backup.schema() > schema) {
            throw new BackupFailed("The backup " + backup.name() + " was made by the newer portal " + backup.portal()
                    + " (schema " + backup.schema() + ", this one knows " + schema
                    + "); install that version or a later one to restore it");
        }
        int major = RecoveringServer.POSTGRES_MAJOR;
        if (backup.postgresMajor() != major) {
            throw new BackupFailed("The backup " + backup.name() + " is of PostgreSQL " + backup.postgresMajor()
                    + ", this portal brings PostgreSQL " + major + "; restore it with the portal " + backup.portal());
        }
        if (target instanceof Target.Time(var at) && at.isBefore(backup.endedAt())) {
            throw new BackupFailed("The backup " + backup.name() + " ended at " + backup.endedAt()
                    + ", after the asked time " + at + "; choose an earlier backup");
        }
    }

    private void unpack(Backup backup, Target target, Path restoring) throws IOException {
        long room = Files.getFileStore(data.path()).getUsableSpace();
        if (room < backup.databaseBytes()) {
            throw new BackupFailed("The restored database needs " + (backup.databaseBytes() >> 20)
                    + " MB beside the present" + " one, and " + data.path() + " has " + (room >> 20) + " MB left");
        }
        DurableFiles.createDirectories(restoring);
        var owner = Files.getOwner(data.path());
        if (!Files.getOwner(restoring).equals(owner)) {
            throw new BackupFailed(
                    data.path() + " belongs to the user " + owner.getName() + "; run this command as that user");
        }
        var sha256 = BackupArchive.unpack(directory.archive(backup), restoring);
        if (!sha256.equals(backup.sha256())) {
            throw new BackupFailed("The file " + directory.archive(backup)
                    + " is damaged: its SHA-256 is not that of its manifest; choose another backup");
        }
        var log = restoring.resolve(ClusterFiles.WAL);
        var archive = directory.wal(backup.system());
        WalArchive.copyHistories(archive, log);
        if (!(target instanceof Target.EndOfBackup)) {
            WalArchive.unpack(archive, backup.timeline(), backup.startWal(), log);
        }
        Files.createFile(restoring.resolve("recovery.signal"));
    }
}
