package express.polaris.platform.database.backup;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Whether and how this installation is backed up. */
public sealed interface BackupState {

    /** The database is external; its server has its own backups, of which the portal knows nothing. */
    record External() implements BackupState {}

    /**
     * The portal backs up its embedded database.
     *
     * @param directory of the backups
     * @param last newest complete backup, nightly or by hand; empty if there is none
     * @param count number of backups that are kept
     * @param bytes size of these backups
     * @param next due time of the next nightly backup; empty if they are off
     * @param failure why the backups cannot be listed; or the latest failure of a backup or of archiving the
     *     write-ahead log since this process started, unless a later one succeeded
     * @param isRunning whether this process is making a backup
     */
    record Embedded(
            Path directory,
            Optional<Backup> last,
            int count,
            long bytes,
            Optional<Instant> next,
            Optional<Failure> failure,
            boolean isRunning)
            implements BackupState {}

    /**
     * @param reason in words, from the operating system or the database
     */
    record Failure(Instant at, String reason) {}
}
