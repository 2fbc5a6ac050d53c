package express.polaris.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.stations.cards.IdTag;
import express.polaris.stations.chargers.ChargeBoxId;
import express.polaris.units.Energy;
import express.polaris.units.Power;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionNoteTest {

    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private static final Instant LAST = START.plusSeconds(600);
    private static final Optional<Duration> MINUTELY = Optional.of(Duration.ofMinutes(1));

    private static ChargingSession session(boolean isLive, boolean isFinal, SessionMeter meter) {
        return session(isLive, isFinal, meter, LAST);
    }

    private static ChargingSession session(boolean isLive, boolean isFinal, SessionMeter meter, Instant lastReadAt) {
        return new ChargingSession(
                new SessionId(1),
                new ChargeBoxId("CP1"),
                1,
                new IdTag("TAG1"),
                Optional.empty(),
                Optional.empty(),
                START,
                Energy.ZERO,
                Optional.empty(),
                isLive,
                isFinal,
                Energy.ofWattHours(1000),
                new SessionEnergies(Optional.empty(), Optional.empty(), Optional.empty()),
                meter,
                Set.of(),
                Optional.empty(),
                Optional.of(LAST),
                Optional.of(lastReadAt),
                Optional.empty(),
                1);
    }

    private static SessionMeter meter(long watts, Instant lastEnergyAt, Optional<Duration> interval) {
        return new SessionMeter(
                Optional.of(Power.ofWatts(watts)),
                false,
                Optional.empty(),
                Optional.of(LAST),
                Optional.of(lastEnergyAt),
                Optional.empty(),
                interval);
    }

    private static final SessionMeter NOTHING_YET = new SessionMeter(
            Optional.empty(),
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    @Test
    void aSessionWithEnergyFlowIsCharging() {
        assertThat(session(true, false, meter(11_000, LAST, MINUTELY)).note(LAST.plusSeconds(60)))
                .contains(SessionNote.CHARGING);
        assertThat(session(true, false, meter(100, LAST, MINUTELY)).note(LAST)).contains(SessionNote.CHARGING);
    }

    @Test
    void aSessionUnder100WattsIsIdle() {
        assertThat(session(true, false, meter(99, LAST, MINUTELY)).note(LAST)).contains(SessionNote.IDLE);
    }

    @Test
    void aSessionWithoutEnergyForTwoIntervalsIsIdle() {
        assertThat(session(true, false, meter(5000, LAST.minusSeconds(119), MINUTELY))
                        .note(LAST))
                .contains(SessionNote.CHARGING);
        assertThat(session(true, false, meter(5000, LAST.minusSeconds(120), MINUTELY))
                        .note(LAST))
                .contains(SessionNote.IDLE);
    }

    @Test
    void aSessionWithoutAReadingForThreeIntervalsIsSilent() {
        var session = session(true, false, meter(11_000, LAST, MINUTELY));
        assertThat(session.note(LAST.plusSeconds(180))).contains(SessionNote.CHARGING);
        assertThat(session.note(LAST.plusSeconds(181))).contains(SessionNote.SILENT);
    }

    /** Fails if sessions that are read only twice a minute are repeatedly listed as silent. */
    @Test
    void aReadingNotYetRequestedDoesNotMakeASessionSilent() {
        var everyTenSeconds = meter(11_000, LAST, Optional.of(Duration.ofSeconds(10)));
        var notAsked = session(true, false, everyTenSeconds, LAST);
        assertThat(notAsked.note(LAST.plusSeconds(40))).contains(SessionNote.CHARGING);
        assertThat(notAsked.note(LAST.plusSeconds(61))).contains(SessionNote.SILENT);
        var askedInVain = session(true, false, everyTenSeconds, LAST.plusSeconds(31));
        assertThat(askedInVain.note(LAST.plusSeconds(32))).contains(SessionNote.SILENT);
    }

    @Test
    void aSessionWithoutALearntIntervalIsSilentAfterFifteenMinutes() {
        var session = session(true, false, meter(11_000, LAST, Optional.empty()));
        assertThat(session.note(LAST.plusSeconds(900))).contains(SessionNote.CHARGING);
        assertThat(session.note(LAST.plusSeconds(901))).contains(SessionNote.SILENT);
        assertThat(session(true, false, NOTHING_YET).note(START.plusSeconds(901)))
                .contains(SessionNote.SILENT);
    }

    @Test
    void aSessionClosedBySteveAwaitsItsFinalReading() {
        assertThat(session(false, false, NOTHING_YET).note(LAST.plusSeconds(9999)))
                .contains(SessionNote.AWAITING_FINAL_READING);
        assertThat(session(false, true, NOTHING_YET).note(LAST)).isEmpty();
    }

    @Test
    void durationIsNeverNegative() {
        var session = session(true, false, NOTHING_YET);
        assertThat(session.duration(START.minusSeconds(5))).isZero();
        // 1 kWh in 10 minutes = 6 kW
        assertThat(session(false, true, NOTHING_YET).averagePower(LAST)).contains(Power.ofWatts(6000));
    }
}
