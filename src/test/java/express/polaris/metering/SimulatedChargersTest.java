package express.polaris.metering;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.metering.SimulatedCharger.Fault;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Compares two thousand random chargers, each with up to two faults, with the true energy. The chargers are the same in
 * each run.
 */
class SimulatedChargersTest {

    private static final int SESSIONS = 2_000;

    /** In Wh; the largest error of the few sessions that have too few readings to prove anything. */
    private static final long LARGEST_ERROR = 2_600;

    private record Outcome(SimulatedCharger charger, MeterSeries series) {

        static Outcome of(long seed) {
            var charger = new SimulatedCharger(seed);
            return new Outcome(charger, charger.closed());
        }

        /** Shown minus true energy in Wh; negative if some energy is missing. */
        long error() {
            long shown = series.events().stream()
                    .mapToLong(event -> event.delta().milliwattHours())
                    .sum();
            return shown / 1_000 - charger.truth();
        }

        boolean isTrue() {
            return Math.abs(error()) <= charger.noise();
        }

        boolean isInvoiced() {
            return series.dispute().filter(Dispute.STEVE_LARGER::equals).isEmpty();
        }
    }

    @Test
    void noInvoicedEnergyExceedsTheTrueEnergy() {
        assertThat(LongStream.range(0, SESSIONS)
                        .mapToObj(Outcome::of)
                        .filter(Outcome::isInvoiced)
                        .filter(outcome -> outcome.error() > outcome.charger().noise()))
                .isEmpty();
    }

    @Test
    void theShownEnergyIsAlmostAlwaysTrueOrDisputed() {
        var wrong = LongStream.range(0, SESSIONS)
                .mapToObj(Outcome::of)
                .filter(outcome ->
                        !outcome.isTrue() && outcome.series().dispute().isEmpty())
                .toList();
        // Two or three readings after a reset, or a start value of 0 with a stop value in kWh: all of them are too low.
        assertThat(wrong)
                .hasSizeLessThanOrEqualTo(5)
                .allMatch(outcome -> outcome.error() < 0 && -outcome.error() <= LARGEST_ERROR);
    }

    @Test
    void trueEnergyIsRarelyDisputed() {
        // After a manual stop the car went on charging, so a dispute about that energy is correct.
        var needless = LongStream.range(0, SESSIONS)
                .mapToObj(Outcome::of)
                .filter(outcome -> !outcome.charger().whatIsWrong().contains(Fault.STOPPED_EARLY))
                .filter(outcome ->
                        outcome.isTrue() && outcome.series().dispute().isPresent());
        assertThat(needless).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void liveEnergyNeverExceedsTheTrueEnergyAndMatchesItWithoutFaults() {
        assertThat(LongStream.range(0, SESSIONS)
                        .mapToObj(SimulatedCharger::new)
                        .filter(SimulatedChargersTest::isWrongWhileLive))
                .isEmpty();
    }

    private static boolean isWrongWhileLive(SimulatedCharger charger) {
        int after = charger.readings() * 3 / 4;
        long measured = charger.live(after).measured().milliwattHours() / 1_000;
        long error = measured - charger.truthUntil(after);
        return error > charger.noise() || charger.whatIsWrong().isEmpty() && -error > charger.noise();
    }
}
