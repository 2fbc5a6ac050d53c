package express.polaris.platform.database.backup;

import express.polaris.platform.database.DirectoryLock;
import express.polaris.platform.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Directory of the backups: one directory each, named by the time of its start, with {@code base.tar.gz} and
 * {@code manifest.json}. One that is not complete has a name that ends with {@code .partial}.
 */
final class BackupDirectory {

    static final String ARCHIVE = "base.tar.gz";

    private static final Logger log = LoggerFactory.getLogger(BackupDirectory.class);
    private static final String MANIFEST = "manifest.json";
    private static final String PARTIAL = ".partial";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path path;
    private final int keep;

    BackupDirectory(Settings.Backup settings) {
        this.path = settings.directory().toAbsolutePath().normalize();
        this.keep = settings.keep();
    }

    Path path() {
        return path;
    }

    /** Archived write-ahead log of one cluster. */
    Path wal(String system) {
        return path.resolve("wal").resolve(system);
    }

    /**
     * Locks the directory against other backups.
     *
     * @throws BackupFailed if one is running
     */
    DirectoryLock lock() throws IOException {
        DurableFiles.createDirectories(path);
        return DirectoryLock.tryLock(path)
                .orElseThrow(() -> new BackupFailed("Another backup to " + path + " is running; wait for its end"));
    }

    /** Complete backups, newest first. */
    List<Backup> list() throws IOException {
        if (Files.notExists(path)) {
            return List.of();
        }
        var backups = new ArrayList<Backup>();
        try (var entries = Files.list(path)) {
            for (var entry : entries.filter(Files::isDirectory).toList()) {
                if (!entry.getFileName().toString().endsWith(PARTIAL)) {
                    read(entry).ifPresent(backups::add);
                }
            }
        }
        backups.sort(Comparator.comparing(Backup::startedAt)
                .thenComparing(Backup::name)
                .reversed());
        return List.copyOf(backups);
    }

    private static Optional<Backup> read(Path directory) throws IOException {
        byte[] manifest;
        try {
            manifest = Files.readAllBytes(directory.resolve(MANIFEST));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(manifest, Backup.class));
        } catch (JacksonException e) {
            log.warn("{} is no manifest of a backup: {}", directory.resolve(MANIFEST), e.getOriginalMessage());
            return Optional.empty();
        }
    }

    Path archive(Backup backup) {
        return path.resolve(backup.name()).resolve(ARCHIVE);
    }

    /** Name of a backup that starts now. */
    String newName(Instant now) {
        var name = NAME.format(now);
        int number = 1;
        while (Files.exists(path.resolve(name))) {
            number++;
            name = NAME.format(now) + "-" + number;
        }
        return name;
    }

    /** Makes the directory of a backup that is being written. */
    Path begin(String name) throws IOException {
        var partial = path.resolve(name + PARTIAL);
        DurableFiles.createDirectories(partial);
        return partial;
    }

    /** Makes a backup complete. */
    void complete(Path partial, Backup backup) throws IOException {
        DurableFiles.write(
                partial.resolve(MANIFEST), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(backup));
        DurableFiles.syncDirectory(partial);
        DurableFiles.rename(partial, path.resolve(backup.name()));
    }

    /** Removes what interrupted backups have left. The caller holds the lock. */
    void removePartial() throws IOException {
        for (var directory : matching(PARTIAL)) {
            log.info("Removing {}, a backup that was interrupted", directory);
            DurableFiles.deleteRecursively(directory);
        }
    }

    private List<Path> matching(String end) throws IOException {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.filter(entry -> entry.getFileName().toString().endsWith(end))
                    .toList();
        }
    }

    /**
     * Removes the backups, and the archived write-ahead log, that are no longer kept. The caller holds the lock.
     *
     * @param made never removed, whatever the clock says
     */
    void removeOld(Backup made) throws IOException {
        var all = list();
        var kept = kept(all, made);
        for (var backup : all) {
            if (!kept.contains(backup)) {
                DurableFiles.rename(path.resolve(backup.name()), path.resolve(backup.name() + PARTIAL));
                DurableFiles.deleteRecursively(path.resolve(backup.name() + PARTIAL));
            }
        }
        WalArchive.removeUnneeded(path.resolve("wal"), kept);
    }

    /** The newest nightly ones, and those made by hand since the oldest of them; without nightly ones, the newest. */
    private List<Backup> kept(List<Backup> newestFirst, Backup made) {
        var nightly = newestFirst.stream().filter(Backup::nightly).toList();
        var counted = nightly.isEmpty() ? newestFirst : nightly;
        if (counted.size() <= keep) {
            return newestFirst;
        }
        var oldest = counted.get(keep - 1).startedAt();
        return newestFirst.stream()
                .filter(backup -> !backup.startedAt().isBefore(oldest) || backup.equals(made))
                .toList();
    }
}
