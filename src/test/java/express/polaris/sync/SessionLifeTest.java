package express.polaris.sync;

import static express.polaris.demo.simulator.SimulatedMeterValue.energy;
import static express.polaris.demo.simulator.SimulatedMeterValue.finalEnergy;
import static express.polaris.demo.simulator.SimulatedMeterValue.power;
import static express.polaris.sync.SyncHarness.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.demo.simulator.StopActor;
import express.polaris.sessions.ClosingFault;
import express.polaris.sessions.SessionFilter;
import express.polaris.sessions.SessionNote;
import express.polaris.sessions.SessionService;
import express.polaris.sessions.SessionStatus;
import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The life of a session, driven by SteVe's answers alone. */
class SessionLifeTest {

    private static final Instant START = NOON.minus(Duration.ofMinutes(30));
    private static final Optional<String> UNPLUGGED = Optional.of("EVDisconnected");

    private final SimulatedSteve steve = new SimulatedSteve(java.time.Clock.systemUTC()).start();
    private final SyncHarness harness = new SyncHarness(steve.baseUrl());

    @AfterEach
    void close() {
        harness.close();
        steve.close();
    }

    private long charging() {
        long id = steve.world().startTransaction("CP1", 1, "TAG1", START, 1000);
        steve.world().addMeterValue(id, energy(START.plusSeconds(600), 3000));
        steve.world().addMeterValue(id, energy(START.plusSeconds(1200), 5500));
        return id;
    }

    private void assertState(long id, boolean isLive, boolean isFinal, SessionStatus status) {
        var session = harness.session(id);
        assertThat(session.isLive()).as("isLive").isEqualTo(isLive);
        assertThat(session.isFinal()).as("isFinal").isEqualTo(isFinal);
        assertThat(session.status()).isEqualTo(status);
        var listed = harness.bean(SessionService.class)
                .list(SessionFilter.all().withStatus(Optional.of(status)), Optional.empty(), 10);
        assertThat(listed.sessions()).extracting(found -> found.id().value()).contains(id);
    }

    @Test
    void anActiveTransactionIsLiveAndNotFinal() {
        long id = charging();
        harness.sync();
        assertState(id, true, false, SessionStatus.IN_PROGRESS);
        // 3000 - 1000 and 5500 - 3000
        assertThat(harness.deltas(id)).containsExactly(new BigDecimal("2"), new BigDecimal("2.5"));
        assertThat(harness.session(id).energy()).isEqualTo(Energy.ofWattHours(4500));
    }

    @Test
    void aFinalReadingMakesASessionFinalWhileSteveHasItOpen() {
        long id = charging();
        steve.world().addMeterValue(id, finalEnergy(START.plusSeconds(1500), 6000));
        harness.sync();
        assertState(id, true, true, SessionStatus.IN_PROGRESS);
    }

    @Test
    void aListedStopEndsASessionBeforeItsClosingReadingArrives() {
        long id = charging();
        harness.sync();
        steve.world().stopTransaction(id, NOON, 7000, UNPLUGGED, StopActor.STATION);
        harness.discover(false);
        assertState(id, false, false, SessionStatus.IN_PROGRESS);
        assertThat(harness.session(id).note(harness.clock.instant())).contains(SessionNote.AWAITING_FINAL_READING);
        harness.readDue();
        assertState(id, false, true, SessionStatus.COMPLETED);
        // 2 + 2.5 + the closing 7000 - 5500
        assertThat(harness.deltas(id))
                .containsExactly(new BigDecimal("2"), new BigDecimal("2.5"), new BigDecimal("1.5"));
    }

    @Test
    void aStopBelowTheStartLeavesTheSessionInProgressAndRecordsAnError() {
        long id = charging();
        steve.world().stopTransaction(id, NOON, 400, UNPLUGGED, StopActor.STATION);
        harness.sync();
        assertState(id, false, false, SessionStatus.IN_PROGRESS);
        assertThat(harness.session(id).closingFault()).contains(ClosingFault.BELOW_START);
        assertThat(harness.errorsOf(id)).anyMatch(reason -> reason.contains("400 Wh") && reason.contains("1000 Wh"));
    }

    @Test
    void aRevisedStopIsAppliedEvenWeeksLater() {
        long id = charging();
        steve.world().stopTransaction(id, NOON, 5500, Optional.empty(), StopActor.MANUAL);
        harness.sync();
        assertThat(harness.session(id).energy()).isEqualTo(Energy.ofWattHours(4500));
        harness.clock.advance(Duration.ofDays(21));
        steve.world().stopTransaction(id, NOON.plusSeconds(60), 8000, UNPLUGGED, StopActor.STATION);
        harness.sync(true);
        assertState(id, false, true, SessionStatus.COMPLETED);
        // 8000 - 1000
        assertThat(harness.session(id).energy()).isEqualTo(Energy.ofWattHours(7000));
        assertThat(harness.session(id).stop().orElseThrow().reason()).isEqualTo(UNPLUGGED);
    }

    @Test
    void readingsThatArriveAfterTheStopAreReadWithinTenMinutes() {
        long id = charging();
        steve.world().stopTransaction(id, NOON, 7000, UNPLUGGED, StopActor.STATION);
        harness.sync();
        assertThat(harness.timeline(id)).hasSize(3);
        steve.world().addMeterValue(id, energy(START.plusSeconds(1700), 6500));
        steve.world().addMeterValue(id, power(START.plusSeconds(1700), 11_000));
        harness.syncFor(Duration.ofSeconds(6), Duration.ofSeconds(1));
        // 2 + 2.5 + (6500 - 5500) + the closing 7000 - 6500
        assertThat(harness.deltas(id))
                .containsExactly(
                        new BigDecimal("2"), new BigDecimal("2.5"), new BigDecimal("1"), new BigDecimal("0.5"));
        harness.syncFor(Duration.ofMinutes(15), Duration.ofSeconds(30));
        assertThat(harness.bean(express.polaris.sessions.events.SessionImport.class)
                        .nextDue())
                .as("nothing more is asked about it")
                .isEmpty();
    }

    @Test
    void aSessionWithinTwoRoundsIsImportedCompletely() {
        harness.sync();
        long id = charging();
        steve.world().stopTransaction(id, NOON, 7000, UNPLUGGED, StopActor.STATION);
        harness.sync();
        assertState(id, false, true, SessionStatus.COMPLETED);
        assertThat(harness.session(id).energy()).isEqualTo(Energy.ofWattHours(6000));
    }

    @Test
    void idsAreProbedAcrossGapsAndALateTransactionBeyondThemIsFound() {
        harness.sync();
        long far = steve.world().addTransactionWithGap(350, "CP1", 1, "TAG1", START, 0);
        harness.sync();
        assertThat(harness.isKnown(far)).isTrue();
        assertThat(harness.bean(SyncCursorRepository.class).read().highestProbedId())
                .isEqualTo(far);
        assertThat(harness.bean(SyncCursorRepository.class).missing(1000)).hasSize(350);
        long after = steve.world().startTransaction("CP2", 1, "TAG2", START.minus(Duration.ofDays(1)), 0);
        steve.world().stopTransaction(after, START, 9000, UNPLUGGED, StopActor.STATION);
        harness.sync();
        assertThat(harness.session(after).energy()).isEqualTo(Energy.ofWattHours(9000));
    }

    @Test
    void aSessionOfAStationWithoutAClockStartsWhenItIsFirstSeen() {
        long id = steve.world().startTransaction("CP9", 1, "TAG1", Instant.parse("2000-01-01T00:00:00Z"), 100);
        harness.sync();
        assertThat(harness.session(id).startedAt()).isEqualTo(NOON);
        assertThat(harness.session(id).flags()).contains("clock");
        harness.clock.advance(Duration.ofMinutes(20));
        steve.world().stopTransaction(id, Instant.parse("2000-01-01T00:20:00Z"), 2100, UNPLUGGED, StopActor.STATION);
        harness.sync();
        assertThat(harness.session(id).status()).isEqualTo(SessionStatus.COMPLETED);
        assertThat(harness.session(id).energy()).isEqualTo(Energy.ofWattHours(2000));
        assertThat(harness.session(id).flags()).contains("clock");
    }

    @Test
    void repeatedRoundsChangeNothing() {
        long id = charging();
        harness.sync();
        var revision = harness.session(id).revision();
        var events = harness.timeline(id);
        harness.syncFor(Duration.ofMinutes(3), Duration.ofSeconds(20));
        assertThat(harness.session(id).revision()).isEqualTo(revision);
        assertThat(harness.timeline(id)).isEqualTo(events);
    }

    @Test
    void aSessionBelongsToTheOwnerOfTheTagAtItsStart() {
        var ada = harness.driver("ada");
        harness.link("tag1", ada, START.minusSeconds(60));
        long id = charging();
        harness.sync();
        assertThat(harness.session(id).driver()).contains(ada);
        long other = steve.world().startTransaction("CP2", 1, "TAG2", START, 0);
        harness.sync();
        assertThat(harness.session(other).driver()).isEmpty();
        harness.link("TAG2", ada, START.plusSeconds(1));
        assertThat(harness.session(other).driver())
                .as("it started before the card was theirs")
                .isEmpty();
    }

    @Test
    void aBackdatedLinkAttachesSessionsWithoutAnOwner() {
        long id = charging();
        harness.sync();
        var ben = harness.driver("ben");
        harness.link("TAG1", ben, START);
        assertThat(harness.session(id).driver()).contains(ben);
    }
}
