package express.polaris.platform.database.backup;

import java.time.Duration;
import java.time.Instant;

/**
 * A complete backup: what its {@code manifest.json} says.
 *
 * @param name of its directory: the time of the start, in UTC
 * @param nightly whether the schedule made it, not a person
 * @param portal version of the portal that made it
 * @param schema version of the newest migration
 * @param postgres version of the server, as {@code server_version_num} (180004)
 * @param system PostgreSQL's identifier of the cluster
 * @param timeline of the cluster, which every restore raises
 * @param startWal first byte of the write-ahead log that it needs (LSN as a number)
 * @param stopWal end of the write-ahead log that it needs; from there on it is consistent
 * @param databaseBytes size of the files, before compression
 * @param bytes size of {@code base.tar.gz}
 * @param sha256 of {@code base.tar.gz}
 */
public record Backup(
        String name,
        Instant startedAt,
        Instant endedAt,
        boolean nightly,
        String portal,
        int schema,
        int postgres,
        String system,
        int timeline,
        long startWal,
        long stopWal,
        long databaseBytes,
        long bytes,
        String sha256) {

    public Duration took() {
        return Duration.between(startedAt, endedAt);
    }

    /** Whether it was made of this cluster on its present timeline. */
    boolean isOf(BackupServer.Cluster cluster) {
        return system.equals(cluster.system()) && timeline == cluster.timeline();
    }

    int postgresMajor() {
        return postgres / 10_000;
    }
}
