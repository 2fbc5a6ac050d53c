package express.polaris.platform.database.backup;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.platform.settings.Settings;
import express.polaris.testing.MutableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When backups are made, and what is said about them. */
class BackupServiceTest {

    private final MutableClock clock = new MutableClock(Instant.parse("2026-05-10T12:00:00Z"));
    private final Path data;
    private final Path backups;
    private final Installation portal;
    private Duration uptime = Duration.ZERO;

    BackupServiceTest(@TempDir Path directory) throws IOException {
        data = directory.resolve("data");
        backups = directory.resolve("backups");
        portal = Installation.start(data);
    }

    @AfterEach
    void close() throws IOException {
        portal.close();
    }

    @Test
    void oneBackupIsMadeEachNightAndAMissedOneAfterTheStart() {
        var service = service(Optional.of(LocalTime.of(3, 30)));
        assertThat(state(service).last()).isEmpty();
        assertThat(state(service).next()).contains(Instant.parse("2026-05-11T03:30:00Z"));

        service.nightly();
        var first = state(service).last().orElseThrow();
        assertThat(first.nightly()).isTrue();
        service.nightly();
        assertThat(state(service).last()).contains(first);

        clock.set(Instant.parse("2026-05-11T03:29:00Z"));
        service.nightly();
        assertThat(state(service).count()).isEqualTo(1);

        clock.set(Instant.parse("2026-05-11T03:30:00Z"));
        service.nightly();
        service.nightly();
        assertThat(state(service).count()).isEqualTo(2);

        clock.set(Instant.parse("2026-05-14T09:00:00Z")); // off at three nights
        service(Optional.of(LocalTime.of(3, 30))).nightly();
        assertThat(state(service).last().orElseThrow().name()).isEqualTo("2026-05-14T090000Z");
    }

    @Test
    void aClockThatWasWrongDelaysNoBackup() {
        var service = service(Optional.of(LocalTime.of(3, 30)));
        clock.set(Instant.parse("2027-01-01T00:00:00Z"));
        service.nightly();
        clock.set(Instant.parse("2026-05-10T12:00:00Z"));
        service.nightly();
        assertThat(state(service).count()).isEqualTo(2);
        clock.set(Instant.parse("2026-05-11T03:30:00Z"));
        service.nightly();
        assertThat(state(service).count()).isEqualTo(2); // two are kept
        assertThat(new Backups(settings(Optional.empty()), clock).list())
                .extracting(Backup::name)
                .contains("2026-05-11T033000Z");
    }

    @Test
    void twoBackupsAreNotMadeAtOnceAndAFailedOneIsRepeatedAfterHalfAnHour() throws Exception {
        var service = service(Optional.of(LocalTime.of(3, 30)));
        try (var lock = new BackupDirectory(settings(Optional.empty()).backup()).lock()) {
            assertThat(lock).isNotNull();
            service.nightly();
        }
        var failure = state(service).failure().orElseThrow();
        assertThat(failure.at()).isEqualTo(clock.instant());
        assertThat(failure.reason()).contains("Another backup to " + backups + " is running; wait for its end");

        uptime = Duration.ofMinutes(29);
        service.nightly();
        assertThat(state(service).last()).isEmpty();
        uptime = Duration.ofMinutes(30);
        service.nightly();
        assertThat(state(service).last()).isPresent();
        assertThat(state(service).failure()).isEmpty();
    }

    @Test
    void backupsThatCannotBeListedAreAFailureUntilTheyCan() throws Exception {
        var service = service(Optional.of(LocalTime.of(3, 30)));
        service.nightly();
        var unreadable = backups.resolve("2026-05-09T033000Z").resolve("manifest.json");
        Files.createDirectories(unreadable);
        clock.set(Instant.parse("2026-05-11T03:30:00Z"));
        service.nightly();
        assertThat(state(service).failure().orElseThrow().reason())
                .contains("The backups in " + backups + " cannot be listed");
        assertThat(state(service).last()).isEmpty();

        Files.delete(unreadable);
        assertThat(state(service).failure()).isEmpty();
        service.nightly();
        assertThat(state(service).count()).isEqualTo(1);
        uptime = Duration.ofMinutes(30);
        service.nightly();
        assertThat(state(service).count()).isEqualTo(2);
    }

    @Test
    void aFileInPlaceOfTheDirectoryIsAFailureEvenIfNightlyBackupsAreOff() throws Exception {
        Files.writeString(backups, "");
        assertThat(state(service(Optional.empty())).failure().orElseThrow().reason())
                .contains("The backups in " + backups + " cannot be listed");
    }

    @Test
    void theAgeWithoutABackupIsThatOfTheDatabase() throws Exception {
        var service = service(Optional.of(LocalTime.of(3, 30)));
        var created = Files.getLastModifiedTime(data.resolve("postgresql").resolve("PG_VERSION"))
                .toInstant();
        clock.set(created.plus(Duration.ofDays(3)));
        assertThat(age(service)).isEqualTo(3 * 86_400);
        assertThat(service.overdueSince()).contains(created);
        assertThat(age(service(Optional.empty()))).isNaN();

        service.nightly();
        clock.advance(Duration.ofSeconds(5));
        assertThat(age(service)).isEqualTo(5);
        assertThat(age(service(Optional.empty()))).isNaN();
    }

    private double age(BackupService service) {
        var registry = new SimpleMeterRegistry();
        new BackupMetrics(service, clock).bindTo(registry);
        return registry.get("polaris.backup.age").gauge().value();
    }

    @Test
    void twoDaysWithoutABackupAreOverdueUnlessTheyAreOff() {
        var service = service(Optional.of(LocalTime.of(3, 30)));
        service.nightly();
        clock.advance(Duration.ofDays(2));
        assertThat(service.overdueSince()).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(service.overdueSince()).contains(Instant.parse("2026-05-10T12:00:00Z"));
        assertThat(service(Optional.empty()).overdueSince()).isEmpty();
    }

    @Test
    void backupsThatAreOffKeepNoLog() throws Exception {
        var on = service(Optional.of(LocalTime.of(3, 30)));
        on.archive();
        assertThat(portal.column("select slot_name from pg_replication_slots")).containsExactly("polaris_archive");
        var off = service(Optional.empty());
        off.archive();
        assertThat(portal.column("select slot_name from pg_replication_slots")).isEmpty();
        off.nightly();
        assertThat(state(off).last()).isEmpty();
        assertThat(state(off).next()).isEmpty();
    }

    private BackupState.Embedded state(BackupService service) {
        return (BackupState.Embedded) service.state();
    }

    private BackupService service(Optional<LocalTime> time) {
        return new BackupService(settings(time), clock, () -> uptime);
    }

    private Settings settings(Optional<LocalTime> time) {
        var given = Installation.settings(data, backups);
        return new Settings(
                given.demo(),
                given.steve(),
                given.database(),
                given.dataDirectory(),
                given.operator(),
                given.publicUrl(),
                given.trustedProxies(),
                given.currency(),
                ZoneOffset.UTC,
                given.steveCallsPerSecond(),
                given.smtp(),
                given.demoBind(),
                new Settings.Backup(backups, time, 2),
                given.retention(),
                given.oidc(),
                given.priceSeries());
    }
}
