package express.polaris.platform.database.backup;

import express.polaris.platform.database.DataDirectory;
import express.polaris.platform.settings.Settings;
import express.polaris.platform.time.Uptime;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Backups of this process's embedded database: nightly, by hand, and the archive of the write-ahead log between them. A
 * nightly backup that was missed is made up a few minutes after the next start.
 */
@Component
public class BackupService {

    /** A database that was not backed up for so long needs an operator. */
    public static final Duration OVERDUE = Duration.ofDays(2);

    private static final Logger log = LoggerFactory.getLogger(BackupService.class);
    private static final Duration RETRY = Duration.ofMinutes(30);

    private final Optional<Embedded> embedded;
    private final Clock clock;
    private final Uptime uptime;
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile Optional<BackupState.Failure> backupFailure = Optional.empty();
    private volatile Optional<BackupState.Failure> archiveFailure = Optional.empty();
    private volatile Optional<Duration> failedAfter = Optional.empty();
    private Optional<WalArchive> archive = Optional.empty();

    BackupService(Settings settings, Clock clock, Uptime uptime) {
        this.embedded = settings.database().isPresent()
                ? Optional.empty()
                : Optional.of(new Embedded(
                        new DataDirectory(settings.dataDirectory()),
                        new Backups(settings, clock),
                        new BackupDirectory(settings.backup()),
                        settings.backup().time().map(time -> new BackupSchedule(time, settings.timeZone()))));
        this.clock = clock;
        this.uptime = uptime;
    }

    /**
     * @param schedule empty = neither nightly backups nor an archive
     */
    private record Embedded(
            DataDirectory data, Backups backups, BackupDirectory directory, Optional<BackupSchedule> schedule) {}

    public BackupState state() {
        return embedded.<BackupState>map(this::state).orElseGet(BackupState.External::new);
    }

    private BackupState.Embedded state(Embedded it) {
        var listing = list(it);
        var list = listing.backups();
        return new BackupState.Embedded(
                it.directory().path(),
                list.stream().findFirst(),
                list.size(),
                list.stream().mapToLong(Backup::bytes).sum(),
                it.schedule().map(schedule -> schedule.next(clock.instant())),
                listing.failure().or(() -> backupFailure).or(() -> archiveFailure),
                running.get());
    }

    /**
     * @param backups newest first; none if they cannot be listed
     * @param failure why they cannot be listed
     */
    private record Listing(List<Backup> backups, Optional<BackupState.Failure> failure) {}

    private Listing list(Embedded it) {
        try {
            return new Listing(it.backups().list(), Optional.empty());
        } catch (BackupFailed e) {
            return new Listing(List.of(), Optional.of(new BackupState.Failure(clock.instant(), e.reason())));
        }
    }

    /**
     * Since when the database has not been backed up, if that is longer than {@link #OVERDUE}. Empty while nightly
     * backups are off, and for an external database.
     */
    public Optional<Instant> overdueSince() {
        var latest = clock.instant().minus(OVERDUE);
        return notBackedUpSince().filter(since -> since.isBefore(latest));
    }

    /**
     * Start of the newest backup; without a backup, or if the backups cannot be listed, the creation of the database.
     * Empty while nightly backups are off, and for an external database.
     */
    Optional<Instant> notBackedUpSince() {
        return embedded.filter(it -> it.schedule().isPresent())
                .map(it -> list(it).backups().stream()
                        .findFirst()
                        .map(Backup::startedAt)
                        .orElseGet(() -> created(it)));
    }

    /** The server writes this file once, when it creates the database. */
    private Instant created(Embedded it) {
        try {
            return Files.getLastModifiedTime(it.data().cluster().resolve("PG_VERSION"))
                    .toInstant();
        } catch (IOException e) {
            return clock.instant();
        }
    }

    /** Result of asking for a backup. */
    public enum Begin {
        BEGUN,
        /** One is being made already. */
        RUNNING,
        /** The database is external. */
        EXTERNAL
    }

    /** Begins a backup that an operator asks for, and does not wait for its end. */
    public Begin begin() {
        if (embedded.isEmpty()) {
            return Begin.EXTERNAL;
        }
        if (!running.compareAndSet(false, true)) {
            return Begin.RUNNING;
        }
        Thread.ofVirtual().name("backup").start(() -> make(embedded.get(), false));
        return Begin.BEGUN;
    }

    @Scheduled(initialDelayString = "${backup.first-run:PT3M}", fixedDelayString = "PT1M")
    void nightly() {
        try {
            if (embedded.isPresent() && isDue(embedded.get()) && running.compareAndSet(false, true)) {
                make(embedded.get(), true);
            }
        } catch (BackupFailed e) {
            log.warn("Cannot tell whether a backup is due; trying again in {} minutes", RETRY.toMinutes(), e);
            failedAfter = Optional.of(uptime.now());
        }
    }

    private boolean isDue(Embedded it) {
        if (it.schedule().isEmpty()
                || failedAfter
                        .filter(at -> uptime.now().minus(RETRY).compareTo(at) < 0)
                        .isPresent()) {
            return false;
        }
        var now = clock.instant();
        var due = it.schedule().get().last(now);
        var latest = it.backups().list().stream()
                .filter(Backup::nightly)
                .map(Backup::startedAt)
                // One from the future is of a clock that was wrong.
                .filter(at -> !at.isAfter(now))
                .findFirst();
        return latest.isEmpty() || latest.get().isBefore(due) || wasRestored(it);
    }

    /** Whether the database was restored since the newest backup: its new timeline needs a backup of its own. */
    private boolean wasRestored(Embedded it) {
        var newest = it.backups().list().getFirst();
        try {
            var access = it.data().running();
            if (access.isEmpty()) {
                return false;
            }
            try (var server = BackupServer.connect(access.get())) {
                return !newest.isOf(server.cluster());
            }
        } catch (IOException | SQLException e) {
            log.debug("Cannot ask the server for its timeline", e);
            return false;
        }
    }

    private void make(Embedded it, boolean nightly) {
        try {
            var backup = it.backups().make(nightly);
            backupFailure = Optional.empty();
            failedAfter = Optional.empty();
            log.info(
                    "Backup {}: {} bytes in {} s",
                    backup.name(),
                    backup.bytes(),
                    backup.took().toSeconds());
        } catch (BackupFailed e) {
            log.warn("No backup was made", e);
            backupFailure = Optional.of(new BackupState.Failure(clock.instant(), e.reason()));
            failedAfter = Optional.of(uptime.now());
        } finally {
            running.set(false);
        }
    }

    @Scheduled(initialDelayString = "PT30S", fixedDelayString = "PT1M")
    synchronized void archive() {
        if (embedded.isEmpty()) {
            return;
        }
        var it = embedded.get();
        try {
            var access = it.data().running();
            if (access.isPresent()) {
                try (var server = BackupServer.connect(access.get())) {
                    archive(it, server);
                }
            }
            archiveFailure = Optional.empty();
        } catch (IOException | SQLException e) {
            if (archiveFailure.isEmpty()) {
                log.warn("The write-ahead log is not archived", e);
            }
            archiveFailure = Optional.of(new BackupState.Failure(clock.instant(), BackupFailed.reason(e)));
        }
    }

    private void archive(Embedded it, BackupServer server) throws IOException, SQLException {
        if (it.schedule().isEmpty()) {
            server.dropArchiveSlot();
            return;
        }
        if (archive.isEmpty()) {
            var cluster = server.cluster();
            archive = Optional.of(
                    new WalArchive(it.data().cluster(), it.directory().wal(cluster.system()), cluster.timeline()));
        }
        archive.get().archive(server);
    }
}
