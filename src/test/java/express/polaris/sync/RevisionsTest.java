package express.polaris.sync;

import static express.polaris.demo.simulator.SimulatedMeterValue.energy;
import static express.polaris.sync.SyncHarness.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.demo.simulator.StopActor;
import express.polaris.metering.MeterStop;
import express.polaris.metering.MeterValues;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionStatus;
import express.polaris.sessions.SyncedTransactionEvent;
import express.polaris.sessions.TransactionFacts;
import express.polaris.sessions.events.DiscoveryResult;
import express.polaris.sessions.events.ImportResult;
import express.polaris.sessions.events.KeptAnswer;
import express.polaris.sessions.events.SessionImport;
import express.polaris.units.Energy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** SteVe changes its data, or its answers arrive in another order than the requests. */
class RevisionsTest {

    private static final Instant START = NOON.minus(Duration.ofMinutes(30));
    private static final SessionId ID = new SessionId(7);
    private static final KeptAnswer NO_ROWS = KeptAnswer.builder().build();
    private static final TransactionFacts OPEN =
            new TransactionFacts(ID, "CP1", 1, "TAG1", START, Energy.ofWattHours(1000), Optional.empty());

    private final SimulatedSteve steve = new SimulatedSteve(Clock.systemUTC()).start();
    private final SyncHarness harness = new SyncHarness(steve.baseUrl());
    private final SessionImport sessions = harness.bean(SessionImport.class);

    @AfterEach
    void close() {
        harness.close();
        steve.close();
    }

    private static TransactionFacts stopped(long wattHours) {
        var stop = new MeterStop(
                NOON, Optional.of(Energy.ofWattHours(wattHours)), Optional.of("Local"), Optional.of("station"));
        return new TransactionFacts(ID, "CP1", 1, "TAG1", START, Energy.ofWattHours(1000), Optional.of(stop));
    }

    private DiscoveryResult list(TransactionFacts row, Instant askedAt) {
        return Objects.requireNonNull(sessions.discover(List.of(row), askedAt).get(ID));
    }

    private ImportResult details(TransactionFacts facts, Instant askedAt) {
        return sessions.apply(facts, MeterValues.of(List.of()), NO_ROWS, askedAt);
    }

    @Test
    void detailsRequestedBeforeTheListedStopDoNotReopenTheSession() {
        list(OPEN, NOON);
        harness.clock.advance(Duration.ofSeconds(5));
        list(stopped(3000), NOON.plusSeconds(4));
        harness.clock.advance(Duration.ofSeconds(5));
        assertThat(details(OPEN, NOON.plusSeconds(2))).isInstanceOf(ImportResult.Outdated.class);
        assertThat(harness.session(7).isLive()).isFalse();
    }

    @Test
    void aListRequestedBeforeTheDetailsChangesNothing() {
        list(OPEN, NOON);
        harness.clock.advance(Duration.ofSeconds(10));
        details(stopped(5000), NOON.plusSeconds(8));
        var revision = harness.session(7).revision();
        assertThat(list(OPEN, NOON.plusSeconds(6))).isInstanceOf(DiscoveryResult.Unchanged.class);
        assertThat(list(stopped(3000), NOON.plusSeconds(6))).isInstanceOf(DiscoveryResult.Unchanged.class);
        assertThat(harness.session(7).revision()).isEqualTo(revision);
        // 5000 - 1000
        assertThat(harness.session(7).energy()).isEqualTo(Energy.ofWattHours(4000));
    }

    @Test
    void aListWithAStoppedSessionAsActiveOnlySchedulesARead() {
        list(OPEN, NOON);
        details(stopped(5000), NOON);
        sessions.schedule(ID, Optional.empty());
        harness.clock.advance(Duration.ofSeconds(10));
        assertThat(list(OPEN, NOON.plusSeconds(9))).isInstanceOf(DiscoveryResult.Doubtful.class);
        assertThat(harness.session(7).status()).isEqualTo(SessionStatus.COMPLETED);
        assertThat(sessions.nextDue()).contains(NOON.plusSeconds(10));
        details(OPEN, NOON.plusSeconds(10));
        assertThat(harness.session(7).isLive()).isTrue();
    }

    @Test
    void olderDetailsAreIgnored() {
        list(OPEN, NOON);
        harness.clock.advance(Duration.ofSeconds(10));
        details(stopped(5000), NOON.plusSeconds(8));
        assertThat(details(stopped(3000), NOON.plusSeconds(7))).isInstanceOf(ImportResult.Outdated.class);
        assertThat(harness.session(7).energy()).isEqualTo(Energy.ofWattHours(4000));
    }

    @Test
    void aRevisedStopIsFoundByTheHourlyListAndItsReadingsAreAwaitedAgain() {
        long id = steve.world().startTransaction("CP1", 1, "TAG1", START, 1000);
        steve.world().stopTransaction(id, NOON, 3000, Optional.empty(), StopActor.MANUAL);
        harness.sync(true);
        harness.syncFor(Duration.ofMinutes(20), Duration.ofMinutes(2));
        steve.world().stopTransaction(id, NOON, 5000, Optional.of("Local"), StopActor.STATION);
        harness.syncFor(Duration.ofMinutes(10), Duration.ofMinutes(1));
        // still 3000 - 1000: only the hourly list looks at it
        assertThat(harness.session(id).energy()).isEqualTo(Energy.ofWattHours(2000));
        harness.clock.advance(Duration.ofMinutes(40));
        harness.sync();
        // 5000 - 1000
        assertThat(harness.session(id).energy()).isEqualTo(Energy.ofWattHours(4000));
        steve.world().addMeterValue(id, energy(START.plusSeconds(60), 2000));
        harness.syncFor(Duration.ofSeconds(30), Duration.ofSeconds(6));
        assertThat(harness.timeline(id)).hasSize(2);
    }

    @Test
    void aReusedIdPausesOnlyThatSession() {
        long reused = steve.world().startTransaction("CP1", 1, "TAG1", START, 1000);
        long other = steve.world().startTransaction("CP2", 1, "TAG2", START, 0);
        harness.sync();
        steve.world().forgetEverything();
        steve.world().startTransaction("CP7", 1, "TAG9", START.plusSeconds(60), 50);
        steve.world().startTransaction("CP2", 1, "TAG2", START, 0);
        steve.world().addMeterValue(other, energy(START.plusSeconds(600), 4000));
        harness.syncFor(Duration.ofMinutes(2), Duration.ofSeconds(20));
        assertThat(harness.session(reused).chargeBoxId().value()).isEqualTo("CP1");
        assertThat(harness.errorsOf(reused))
                .anyMatch(reason -> reason.contains("CP7") && reason.contains("reinstalled"));
        assertThat(harness.session(other).energy()).isEqualTo(Energy.ofWattHours(4000));
    }

    @Test
    void nothingIsAppliedWhenAllTransactionsVanishAtOnce() {
        for (int i = 0; i < 30; i++) {
            long id = steve.world().startTransaction("CP1", 1, "TAG1", START.plusSeconds(i), 0);
            steve.world().stopTransaction(id, NOON, 1000, Optional.empty(), StopActor.STATION);
        }
        long active = steve.world().startTransaction("CP2", 1, "TAG2", START, 0);
        harness.sync(true);
        steve.world().forgetEverything();
        harness.syncFor(Duration.ofHours(4), Duration.ofMinutes(20));
        assertThat(harness.session(active).isLive()).isTrue();
        assertThat(harness.session(1).goneFromSteveAt()).isEmpty();
        assertThat(harness.errors()).anyMatch(error -> error.reason().contains("31 of 31"));
    }

    @Test
    void aDeletedTagEndsItsSessionAtTheLastReadingAfterThreeMissesOverAnHour() {
        for (int i = 0; i < 30; i++) {
            long id = steve.world().startTransaction("CP1", 1, "TAG1", START.plusSeconds(i), 0);
            steve.world().stopTransaction(id, NOON, 1000, Optional.empty(), StopActor.STATION);
        }
        long doomed = steve.world().startTransaction("CP2", 1, "DOOMED", START, 1000);
        steve.world().addMeterValue(doomed, energy(START.plusSeconds(600), 4000));
        harness.sync(true);
        steve.world().deleteTag("doomed");
        harness.syncFor(Duration.ofMinutes(55), Duration.ofMinutes(5));
        assertThat(harness.session(doomed).isLive()).isTrue();
        harness.syncFor(Duration.ofMinutes(75), Duration.ofMinutes(5));
        var session = harness.session(doomed);
        assertThat(session.status()).isEqualTo(SessionStatus.COMPLETED);
        assertThat(session.goneFromSteveAt()).isPresent();
        // 4000 - 1000: the last reading
        assertThat(session.energy()).isEqualTo(Energy.ofWattHours(3000));
        assertThat(harness.errorsOf(doomed)).anyMatch(reason -> reason.contains("kept"));
    }

    @Test
    void aVanishedTransactionThatReturnsIsReadAgain() {
        list(OPEN, NOON);
        sessions.gone(ID);
        assertThat(harness.session(7).status()).isEqualTo(SessionStatus.COMPLETED);
        harness.clock.advance(Duration.ofMinutes(5));
        list(stopped(3000), NOON.plusSeconds(299));
        details(stopped(3000), NOON.plusSeconds(300));
        assertThat(harness.session(7).goneFromSteveAt()).isEmpty();
        assertThat(harness.session(7).energy()).isEqualTo(Energy.ofWattHours(2000));
    }

    /** A session of 4 kWh that vanished, among thirty that did not. */
    private long vanished() {
        for (int i = 0; i < 30; i++) {
            long id = steve.world().startTransaction("CP1", 1, "TAG1", START.plusSeconds(i), 0);
            steve.world().stopTransaction(id, NOON, 1000, Optional.empty(), StopActor.STATION);
        }
        long id = steve.world().startTransaction("CP2", 1, "DELETED", START, 1000);
        steve.world().addMeterValue(id, energy(START.plusSeconds(600), 3000));
        steve.world().addMeterValue(id, energy(START.plusSeconds(1200), 5000));
        harness.sync(true);
        steve.world().deleteTag("DELETED");
        harness.syncFor(Duration.ofMinutes(130), Duration.ofMinutes(5));
        assertThat(harness.session(id).goneFromSteveAt()).isPresent();
        return id;
    }

    private void restore(long id) {
        steve.world().startTransactionAs(id, "CP2", 1, "DELETED", START, 1000);
        steve.world().addMeterValue(id, energy(START.plusSeconds(600), 3000));
        steve.world().addMeterValue(id, energy(START.plusSeconds(1200), 5000));
    }

    @Test
    void aVanishedSessionThatReturnsContinuesWhereItWas() {
        long id = vanished();
        var before = harness.timeline(id);
        restore(id);
        harness.clock.advance(Duration.ofMinutes(1));
        harness.sync();
        var session = harness.session(id);
        assertThat(session.isLive()).isTrue();
        assertThat(session.goneFromSteveAt()).isEmpty();
        assertThat(harness.timeline(id))
                .extracting(row -> row.event().delta())
                .isEqualTo(before.stream().map(row -> row.event().delta()).toList());
        steve.world().addMeterValue(id, energy(harness.clock.instant().plusSeconds(10), 6000));
        harness.syncFor(Duration.ofMinutes(10), Duration.ofMinutes(1));
        // 6000 - 1000
        assertThat(harness.session(id).energy()).isEqualTo(Energy.ofWattHours(5000));
        steve.world().stopTransaction(id, harness.clock.instant(), 6500, Optional.empty(), StopActor.STATION);
        harness.syncFor(Duration.ofMinutes(2), Duration.ofSeconds(20));
        assertThat(harness.session(id).status()).isEqualTo(SessionStatus.COMPLETED);
        // 6500 - 1000
        assertThat(harness.session(id).energy()).isEqualTo(Energy.ofWattHours(5500));
    }

    @Test
    void aVanishedSessionThatReturnsStoppedIsFoundByTheHourlyList() {
        long id = vanished();
        restore(id);
        steve.world().stopTransaction(id, NOON, 7000, Optional.of("Local"), StopActor.STATION);
        harness.syncFor(Duration.ofMinutes(65), Duration.ofMinutes(5));
        var session = harness.session(id);
        assertThat(session.goneFromSteveAt()).isEmpty();
        assertThat(session.status()).isEqualTo(SessionStatus.COMPLETED);
        // 7000 - 1000
        assertThat(session.energy()).isEqualTo(Energy.ofWattHours(6000));
        assertThat(session.endedAt()).contains(NOON);
    }

    /** Invoices do not change: the additional energy of the complete answer goes into an event of its own. */
    @Test
    void aVanishedInvoicedSessionKeepsItsEventsWhenItReturns() {
        long id = vanished();
        harness.jdbc()
                .sql("update synced_transaction_events set sealed_at = now() where steve_transaction_id = ?")
                .param(id)
                .update();
        var sealed = harness.timeline(id);
        restore(id);
        steve.world().stopTransaction(id, NOON, 7000, Optional.of("Local"), StopActor.STATION);
        harness.syncFor(Duration.ofMinutes(65), Duration.ofMinutes(5));
        assertThat(harness.timeline(id)).startsWith(sealed.toArray(SyncedTransactionEvent[]::new));
        // 7000 - 1000
        assertThat(harness.session(id).energy()).isEqualTo(Energy.ofWattHours(6000));
        assertThat(harness.session(id).status()).isEqualTo(SessionStatus.COMPLETED);
    }

    @Test
    void aSessionThatVanishedUnreadIsReadWhenItReturns() {
        list(OPEN, NOON);
        sessions.gone(ID);
        steve.world().startTransactionAs(7, "CP1", 1, "TAG1", START, 1000);
        steve.world().addMeterValue(7, energy(START.plusSeconds(600), 5000));
        harness.clock.advance(Duration.ofMinutes(5));
        harness.sync();
        assertThat(harness.session(7).isLive()).isTrue();
        // 5000 - 1000
        assertThat(harness.session(7).energy()).isEqualTo(Energy.ofWattHours(4000));
    }

    @Test
    void shortSessionsBeyondAGapAreFoundAfterTheHourlyListCrossedIt() {
        harness.sync(true);
        long far = steve.world().addTransactionWithGap(350, "CP1", 1, "TAG1", START, 0);
        steve.world().stopTransaction(far, NOON, 500, Optional.empty(), StopActor.STATION);
        harness.clock.advance(Duration.ofMinutes(61));
        harness.sync();
        assertThat(harness.isKnown(far)).isTrue();
        long next = steve.world().startTransaction("CP1", 1, "TAG1", NOON, 500);
        steve.world().stopTransaction(next, NOON.plusSeconds(60), 600, Optional.empty(), StopActor.STATION);
        harness.clock.advance(Duration.ofMinutes(1));
        harness.sync();
        assertThat(harness.session(next).energy()).isEqualTo(Energy.ofWattHours(100));
    }

    @Test
    void aSessionThatEndedLongBeforeTheFirstImportIsReadOnce() {
        long old = steve.world().startTransaction("CP1", 1, "TAG1", NOON.minus(Duration.ofDays(20)), 0);
        steve.world().stopTransaction(old, NOON.minus(Duration.ofDays(19)), 500, Optional.empty(), StopActor.STATION);
        harness.sync();
        assertThat(harness.session(old).status()).isEqualTo(SessionStatus.COMPLETED);
        assertThat(sessions.nextDue()).isEmpty();
    }
}
