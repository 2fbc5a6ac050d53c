package express.polaris.metering;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.metering.SimulatedCharger.Fault;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Two thousand random chargers with up to two faults each, against the energy that really flowed. The same chargers each
 * time.
 */
class SimulatedChargersTest {

    private static final int SESSIONS = 2_000;

    /** Wh; of the few sessions whose readings are too few to prove anything none is off by more. */
    private static final long LARGEST_ERROR = 2_600;

    private record Outcome(SimulatedCharger charger, MeterSeries series) {

        static Outcome of(long seed) {
            var charger = new SimulatedCharger(seed);
            return new Outcome(charger, charger.closed());
        }

        /** Wh that are shown and did not flow; negative where some that flowed are not shown. */
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
    void noInvoiceHasMoreThanTheTruth() {
        assertThat(LongStream.range(0, SESSIONS)
                        .mapToObj(Outcome::of)
                        .filter(Outcome::isInvoiced)
                        .filter(outcome -> outcome.error() > outcome.charger().noise()))
                .isEmpty();
    }

    @Test
    void theEnergyShownIsTheTruthOrDisputed() {
        var wrong = LongStream.range(0, SESSIONS)
                .mapToObj(Outcome::of)
                .filter(outcome ->
                        !outcome.isTrue() && outcome.series().dispute().isEmpty())
                .toList();
        // Two or three readings after a reset, or a start value of 0 beside a stop value in kWh: all of them too low.
        assertThat(wrong)
                .hasSizeLessThanOrEqualTo(5)
                .allMatch(outcome -> outcome.error() < 0 && -outcome.error() <= LARGEST_ERROR);
    }

    @Test
    void whatIsTrueIsHardlyEverDisputed() {
        // After a stop by hand the car went on charging: that what it took then is disputed is right.
        var needless = LongStream.range(0, SESSIONS)
                .mapToObj(Outcome::of)
                .filter(outcome -> !outcome.charger().whatIsWrong().contains(Fault.STOPPED_EARLY))
                .filter(outcome ->
                        outcome.isTrue() && outcome.series().dispute().isPresent());
        assertThat(needless).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void liveEnergyIsNeverMoreThanTheTruthAndWithoutAFaultNeverLess() {
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
