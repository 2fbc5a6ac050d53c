/**
 * Backups of the embedded database: made while it runs, kept, and restored.
 *
 * <p>Owns: the files in the backup directory; the archive of the write-ahead log (WAL); when a backup is due; restoring
 * one. Does not own: the database's tables; an external database, whose server has its own backups. Invariants: a
 * directory with a backup's name is complete, because it is renamed last; one backup at a time; a restore that fails
 * leaves the present database as it was. Times: the portal's clock, for the names and the schedule; a command has the
 * machine's.
 */
@InnerPackage(mayUse = {"database", "settings", "time", "version"})
@NamedInterface
@NullMarked
package express.polaris.platform.database.backup;

import express.polaris.InnerPackage;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
