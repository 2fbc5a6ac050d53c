package express.polaris.sync;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.metering.Dispute;
import express.polaris.sessions.SessionCompleted;
import express.polaris.sessions.SessionProgressed;
import express.polaris.sessions.SyncedTransactionEvent;
import express.polaris.sessions.events.EnergyDecision.Use;
import express.polaris.units.Energy;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A decision corrects sealed events by another event, and an earlier decision outlasts the first read. */
class SealedEnergyDecisionsTest extends DecidedSessions {

    @Test
    void sealedEventsAreCorrectedByOneMoreEvent() {
        long id = stopped(3000); // SteVe: 2 kWh; measured: 5 kWh
        assertThat(harness.session(id).energies().dispute()).contains(Dispute.STEVE_SMALLER);
        seal(id);
        var sealed = harness.timeline(id);
        decide(id, Use.MEASURED);
        assertDecided(id, 5000);
        assertThat(harness.timeline(id)).startsWith(sealed.toArray(SyncedTransactionEvent[]::new));
        assertThat(harness.timeline(id)).hasSize(sealed.size() + 1);
        assertThat(harness.timeline(id).getLast().event().delta()).isEqualTo(Energy.ofWattHours(3000));
        assertThat(harness.timeline(id).getLast().event().flags()).hasToString("[CORRECTION]");
        readAgain(id);
        assertDecided(id, 5000);
        assertThat(harness.timeline(id)).hasSize(sealed.size() + 1);
        decide(id, Use.STEVE);
        assertDecided(id, 2000);
        assertThat(harness.timeline(id)).hasSize(sealed.size() + 1);
        assertThat(harness.timeline(id).getLast().event().delta().isZero()).isTrue();
        assertThat(harness.timeline(id).getLast().event().flags()).hasToString("[CORRECTION]");
    }

    @Test
    void aSealedCorrectionIsReversedByAnotherOne() {
        long id = stopped(3000);
        seal(id);
        decide(id, Use.MEASURED);
        seal(id);
        var sealed = harness.timeline(id);
        decide(id, 4500);
        assertDecided(id, 4500);
        assertThat(harness.timeline(id)).startsWith(sealed.toArray(SyncedTransactionEvent[]::new));
        assertThat(harness.timeline(id).getLast().event().delta()).isEqualTo(Energy.ofWattHours(-500));
        readAgain(id);
        assertDecided(id, 4500);
        assertThat(harness.timeline(id)).hasSize(sealed.size() + 1);
    }

    /** Fails if the first read takes a session with a decision for one without events. */
    @Test
    void theFirstReadChangesTheEventOfAnEarlierDecision() {
        long id = charging();
        stop(id, 5000);
        harness.discover(true);
        decide(id, 4200);
        harness.published().clear();
        harness.readDue();
        assertDecided(id, 4200);
        assertThat(harness.deltas(id)).hasSizeGreaterThan(1);
        assertThat(harness.published())
                .filteredOn(SessionProgressed.class::isInstance)
                .map(SessionProgressed.class::cast)
                .singleElement()
                .matches(SessionProgressed::earlierEventsChanged, "the decision's event has changed")
                .extracting(SessionProgressed::appendedFrom)
                .isEqualTo(Optional.of(1));
        assertThat(harness.published())
                .as("the decision completed the session")
                .noneMatch(SessionCompleted.class::isInstance);
    }

    /** Fails if the first read tries to replace an event that is invoiced. */
    @Test
    void theFirstReadKeepsTheSealedEventOfAnEarlierDecision() {
        long id = charging();
        stop(id, 5000);
        harness.discover(true);
        decide(id, 4200);
        seal(id);
        var sealed = harness.timeline(id);
        harness.readDue();
        assertThat(harness.errors()).isEmpty();
        assertThat(harness.timeline(id)).startsWith(sealed.toArray(SyncedTransactionEvent[]::new));
        assertDecided(id, 4200);
    }
}
