package express.polaris.platform.database.backup;

import express.polaris.platform.database.DataDirectory;
import express.polaris.platform.settings.Settings;
import express.polaris.platform.version.PortalVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Makes and lists backups of the embedded database, by PostgreSQL's low-level interface (documentation, "Making a Base
 * Backup Using the Low Level API"): the files are copied while the server changes them, and the write-ahead log from
 * the start to the end of the copy, which each backup contains, makes them one consistent state.
 */
public final class Backups {

    private final DataDirectory data;
    private final BackupDirectory directory;
    private final Clock clock;
    private final String portal;

    /**
     * @param settings with the embedded database
     * @param clock of the machine
     */
    public Backups(Settings settings, Clock clock) {
        this.data = new DataDirectory(settings.dataDirectory());
        this.directory = new BackupDirectory(settings.backup());
        this.clock = clock;
        this.portal = PortalVersion.ofBuild().number();
    }

    /** Directory of the backups. */
    public Path directory() {
        return directory.path();
    }

    /** Complete backups, newest first. */
    public List<Backup> list() {
        try {
            return directory.list();
        } catch (IOException e) {
            throw new BackupFailed("The backups in " + directory.path() + " cannot be listed", e);
        }
    }

    /**
     * Makes a backup of the running server, and removes those that are no longer kept.
     *
     * @param nightly whether the schedule asks for it
     * @throws BackupFailed saying why; nothing of the failed backup stays
     */
    public Backup make(boolean nightly) {
        try {
            var access = data.running()
                    .orElseThrow(() -> new BackupFailed("No embedded database is running in " + data.path()));
            try (var lock = directory.lock()) {
                requireOwner();
                directory.removePartial();
                var name = directory.newName(clock.instant());
                var partial = directory.begin(name);
                try (var server = BackupServer.connect(access)) {
                    var backup = copy(server, name, partial, nightly);
                    directory.complete(partial, backup);
                    directory.removeOld(backup);
                    return backup;
                } catch (IOException | SQLException | RuntimeException e) {
                    DurableFiles.deleteRecursively(partial);
                    throw e;
                }
            }
        } catch (IOException | SQLException e) {
            throw new BackupFailed("The backup to " + directory.path() + " failed", e);
        }
    }

    private Backup copy(BackupServer server, String name, Path partial, boolean nightly)
            throws IOException, SQLException {
        Instant startedAt = clock.instant();
        var cluster = server.cluster();
        try (var archive = new BackupArchive(partial.resolve(BackupDirectory.ARCHIVE))) {
            long start = server.start("polaris-express " + name);
            copyFiles(archive);
            var stopped = server.stop();
            archive.add(Path.of("backup_label"), stopped.label().getBytes(StandardCharsets.UTF_8));
            copyLog(archive, cluster.timeline(), start, stopped.position());
            var written = archive.finish();
            return new Backup(
                    name,
                    startedAt,
                    clock.instant(),
                    nightly,
                    portal,
                    cluster.schema(),
                    cluster.postgres(),
                    cluster.system(),
                    cluster.timeline(),
                    start,
                    stopped.position(),
                    written.contentBytes(),
                    written.bytes(),
                    written.sha256());
        }
    }

    private void copyFiles(BackupArchive archive) throws IOException {
        var files = ClusterFiles.of(data.cluster());
        for (var relative : files.directories()) {
            archive.addDirectory(relative);
        }
        for (var relative : files.files()) {
            archive.add(data.cluster(), relative);
        }
        archive.add(ClusterFiles.CONTROL, controlFile());
    }

    /** The server writes this file in place; two equal reads are one state of it. */
    private byte[] controlFile() throws IOException {
        var file = data.cluster().resolve(ClusterFiles.CONTROL);
        var content = Files.readAllBytes(file);
        for (var again = Files.readAllBytes(file); !Arrays.equals(content, again); again = Files.readAllBytes(file)) {
            content = again;
        }
        return content;
    }

    /** The server keeps these files until its session ends; the end of a backup completes the last one. */
    private void copyLog(BackupArchive archive, int timeline, long start, long stop) throws IOException {
        for (long segment = WalPosition.segment(start); segment <= WalPosition.segment(stop - 1); segment++) {
            var file = ClusterFiles.WAL.resolve(WalPosition.name(timeline, segment));
            archive.add(file, Files.readAllBytes(data.cluster().resolve(file)));
        }
    }

    /** What another user, such as root, writes could not be removed later, nor read by the server after a restore. */
    private void requireOwner() throws IOException {
        UserPrincipal owner = Files.getOwner(data.cluster());
        var probe = Files.createTempFile(directory.path(), "owner", ".partial");
        try {
            var self = Files.getOwner(probe);
            if (!self.equals(owner)) {
                throw new BackupFailed("The database in " + data.path() + " belongs to the user " + owner.getName()
                        + ", this process runs as " + self.getName() + "; run it as " + owner.getName());
            }
        } finally {
            Files.delete(probe);
        }
    }

    Optional<Backup> find(String name) {
        return list().stream().filter(backup -> backup.name().equals(name)).findFirst();
    }
}
