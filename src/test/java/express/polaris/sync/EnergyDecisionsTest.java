package express.polaris.sync;

import static express.polaris.demo.simulator.SimulatedMeterValue.energy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import express.polaris.accounts.AuditLog;
import express.polaris.metering.Dispute;
import express.polaris.platform.refusals.NotFound;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionNote;
import express.polaris.sessions.SessionReason;
import express.polaris.sessions.SessionStatus;
import express.polaris.sessions.events.EnergyDecision;
import express.polaris.sessions.events.EnergyDecision.Use;
import express.polaris.sessions.events.EnergyDecisionService;
import express.polaris.sessions.events.SessionImport;
import express.polaris.stations.chargers.ChargeBoxId;
import express.polaris.units.Energy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A decided energy stays the energy of the session, whatever SteVe reports later. */
class EnergyDecisionsTest extends DecidedSessions {

    @Test
    void aSessionWithAnImpossibleStopValueIsHeldUntilItIsDecided() {
        long id = inflated();
        var session = harness.session(id);
        assertThat(session.energies().measured()).contains(Energy.ofWattHours(5000));
        assertThat(session.steveEnergy()).contains(Energy.ofWattHours(1_999_000)); // 2000000 - 1000
        assertThat(session.energies().dispute()).contains(Dispute.STEVE_LARGER);
        assertThat(session.note(harness.clock.instant())).contains(SessionNote.CHECKING);
        assertThat(session.flags()).contains("disputed");
        decide(id, Use.MEASURED);
        assertDecided(id, 5000);
        assertThat(harness.session(id).note(harness.clock.instant())).isEmpty();
    }

    @Test
    void aLaterReadKeepsTheDecision() {
        long id = inflated();
        decide(id, 4200);
        assertDecided(id, 4200);
        assertThat(harness.deltas(id)).hasSize(6).last().hasToString("-0.8"); // 4.2 - 5
        var decided = harness.timeline(id);
        var flags = harness.session(id).flags();
        readAgain(id);
        assertDecided(id, 4200);
        assertThat(harness.timeline(id)).isEqualTo(decided);
        assertThat(harness.session(id).flags()).isEqualTo(flags);
    }

    @Test
    void aLaterRevisedStopKeepsTheDecision() {
        long id = inflated();
        decide(id, Use.MEASURED);
        stop(id, 9000);
        harness.clock.advance(Duration.ofMinutes(61));
        harness.sync(true);
        assertThat(harness.session(id).steveEnergy()).contains(Energy.ofWattHours(8000)); // 9000 - 1000
        assertDecided(id, 5000);
    }

    @Test
    void aLaterDecisionReplacesAnEarlierOne() {
        long id = inflated();
        decide(id, Use.MEASURED);
        decide(id, 6500);
        assertDecided(id, 6500);
        assertThat(harness.timeline(id)).hasSize(6);
        decide(id, Use.STEVE);
        assertDecided(id, 1_999_000);
        assertThat(decisions.history(new SessionId(id)))
                .extracting(EnergyDecision::use)
                .containsExactly(Use.STEVE, Use.VALUE, Use.MEASURED);
        assertThat(decisions.of(harness.session(id)))
                .map(EnergyDecision::energy)
                .contains(Energy.ofWattHours(1_999_000));
    }

    @Test
    void theFlagsOfASessionAreThoseOfItsEventsAfterADecision() {
        long id = stopped(3000);
        assertThat(harness.session(id).flags()).contains("correction", "disputed");
        decide(id, 5500);
        assertThat(harness.session(id).flags()).doesNotContain("correction", "disputed");
        var flags = harness.session(id).flags();
        readAgain(id);
        assertThat(harness.session(id).flags()).isEqualTo(flags);
    }

    @Test
    void aLiveSessionCannotBeDecided() {
        long id = charging();
        harness.sync();
        assertThatThrownBy(() -> decide(id, Use.MEASURED))
                .hasMessage(SessionReason.LIVE.with(id).english());
        assertThatThrownBy(() -> decide(999_999, Use.MEASURED)).isInstanceOf(NotFound.class);
        assertThat(decisions.history(new SessionId(id))).isEmpty();
    }

    @Test
    void aStopBelowTheStartGivesNoSteveEnergyAndAnotherValueClosesIt() {
        long id = stopped(400);
        assertThat(harness.session(id).status()).isEqualTo(SessionStatus.IN_PROGRESS);
        assertThat(harness.session(id).closingFault()).isPresent();
        assertThatThrownBy(() -> decide(id, Use.STEVE))
                .hasMessage(SessionReason.NO_STEVE_ENERGY.with(id).english());
        decide(id, 5100);
        assertDecided(id, 5100);
        assertThat(harness.session(id).closingFault()).isEmpty();
        readAgain(id);
        assertDecided(id, 5100);
        assertThat(harness.session(id).closingFault()).isEmpty();
    }

    @Test
    void theMeasuredEnergyClosesASessionWhoseStopIsBelowItsStart() {
        long id = stopped(400);
        decide(id, Use.MEASURED);
        assertDecided(id, 5000);
    }

    @Test
    void anUnreadSessionHasNoMeasuredEnergyToDecide() {
        long id = charging();
        stop(id, 5000);
        harness.discover(true);
        assertThatThrownBy(() -> decide(id, Use.MEASURED))
                .hasMessage(SessionReason.NOT_MEASURED.with(id).english());
        decide(id, Use.STEVE);
        assertDecided(id, 4000); // 5000 - 1000
        harness.readDue();
        assertDecided(id, 4000);
    }

    @Test
    void aDecisionStaysWhenTheTransactionVanishes() {
        long id = inflated();
        decide(id, Use.MEASURED);
        harness.bean(SessionImport.class).gone(new SessionId(id));
        assertDecided(id, 5000);
    }

    @Test
    void aVanishedSessionCanBeDecided() {
        long id = charging();
        harness.sync();
        harness.bean(SessionImport.class).gone(new SessionId(id));
        assertThatThrownBy(() -> decide(id, Use.STEVE))
                .hasMessage(SessionReason.NO_STEVE_ENERGY.with(id).english());
        decide(id, 5300);
        assertDecided(id, 5300);
    }

    @Test
    void aDisputeEndsWhenTheStopValueIsCorrected() {
        long id = inflated();
        stop(id, 6000);
        harness.clock.advance(Duration.ofMinutes(61));
        harness.sync(true);
        assertThat(harness.session(id).energies().dispute()).isEmpty();
        assertThat(harness.session(id).flags()).doesNotContain("disputed");
        assertThat(harness.session(id).energy()).isEqualTo(Energy.ofWattHours(5000)); // 6000 - 1000
    }

    @Test
    void stevesEnergyCountsAtATrustedChargeBox() {
        long before = inflated();
        decisions.trust(operator, new ChargeBoxId("cp1"), "A ferry charges here");
        assertDecided(before, 1_999_000);
        assertThat(decisions.trustIn(BOX))
                .map(EnergyDecisionService.Trust::reason)
                .contains("A ferry charges here");
        long after = inflated();
        assertThat(harness.session(after).energies().dispute()).isEmpty();
        assertThat(harness.session(after).energy()).isEqualTo(Energy.ofWattHours(1_999_000));
        decisions.distrust(operator, BOX);
        assertThat(decisions.trustIn(BOX)).isEmpty();
        readAgain(before);
        readAgain(after);
        assertDecided(before, 1_999_000);
        assertThat(harness.session(after).energies().dispute()).contains(Dispute.STEVE_LARGER);
    }

    @Test
    void theAuditLogHasTheDecisionItsReasonAndItsActor() {
        long id = inflated();
        decide(id, 4200);
        var entry =
                harness.bean(AuditLog.class).about(List.of("session " + id), 10).getFirst();
        assertThat(entry.action()).isEqualTo("session.energy");
        assertThat(entry.actor()).contains(operator);
        assertThat(entry.details())
                .contains("\"use\": \"value\"", "\"kwh\": \"4.2\"", "\"before\": \"1999\"")
                .contains("\"steve\": \"1999\"", "\"measured\": \"5\"", "By the driver's photo");
        decisions.trust(operator, BOX, "New meter");
        decisions.trust(operator, BOX, "Again");
        decisions.distrust(operator, BOX);
        decisions.distrust(operator, BOX);
        assertThat(harness.bean(AuditLog.class).about(List.of("charger CP1"), 10))
                .extracting(AuditLog.Entry::action)
                .containsExactly("charger.distrust", "charger.trust");
    }

    @Test
    void aConfirmedJumpCountsFromTheNextRead() {
        long id = charging();
        for (int step = 6; step <= 9; step++) {
            steve.world().addMeterValue(id, energy(START.plusSeconds(1200 + 60L * step), 2_000_000 + 500L * step));
        }
        harness.sync();
        assertThat(harness.session(id).isLive()).isTrue();
        assertThat(harness.session(id).flags()).contains("implausible");
        assertThat(harness.session(id).energy()).isEqualTo(Energy.ofWattHours(6500)); // 5 kWh, then three steps of 0.5
        decisions.confirmJump(operator, new SessionId(id), "A ferry");
        harness.readDue();
        assertThat(harness.session(id).flags()).doesNotContain("implausible");
        assertThat(harness.session(id).energy()).isEqualTo(Energy.ofWattHours(2_003_500)); // 2004500 - 1000
        assertThatThrownBy(() -> decisions.confirmJump(operator, new SessionId(id), "Again"))
                .hasMessage(SessionReason.NOTHING_TO_CONFIRM.with(id).english());
        assertThat(harness.bean(AuditLog.class).about(List.of("session " + id), 10))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.action()).isEqualTo("session.confirm-energy");
                    assertThat(entry.details()).contains("A ferry");
                });
    }

    @Test
    void aPreviewChangesNothing() {
        long id = inflated();
        var before = harness.session(id);
        var seen = decisions.preview(new SessionId(id), Energy.ofWattHours(4200), ChargingSession::energy);
        assertThat(seen).contains(Energy.ofWattHours(4200));
        assertThat(harness.session(id)).isEqualTo(before);
        assertThat(sum(id)).isEqualTo(Energy.ofWattHours(1_999_000));
        assertThat(decisions.history(new SessionId(id))).isEmpty();
    }
}
