package express.polaris.demo.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SimulatedChargePointTest {

    private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
    private static final Instant STOP = START.plus(Duration.ofMinutes(6));

    @Test
    void readingsAreTenSecondsApartAndNeverAheadOfNow() {
        // at 0, 10, 20 and 30 s, each with energy, power and state of charge
        assertThat(received(MeterStyle.NORMAL, START.plusSeconds(35))).hasSize(4 * 3);
    }

    @ParameterizedTest
    @EnumSource(
            value = MeterStyle.class,
            names = {"NORMAL", "PHASES", "NO_POWER", "LATE_FINAL"})
    void theLastReadingIsTheStopValue(MeterStyle style) {
        var last = energies(received(style, STOP.plusSeconds(15))).getLast();

        assertThat(last.context()).contains(SimulatedMeterValue.TRANSACTION_END);
        assertThat(last.value()).isEqualTo(Long.toString(session(style).stopWattHours()));
    }

    @Test
    void kilowattHoursHaveThreeDecimals() {
        var first = received(MeterStyle.KILOWATT_HOURS, START).getFirst();

        assertThat(first.unit()).contains("kWh");
        assertThat(first.value()).isEqualTo("1000.000"); // 1,000,000 Wh
    }

    @Test
    void someStationsSendNoPower() {
        assertThat(received(MeterStyle.NO_POWER, STOP))
                .allSatisfy(value -> assertThat(value.measurand()).isNotEqualTo(Optional.of("Power.Active.Import")));
    }

    @Test
    void someStationsSendValuesWithoutUnitOrMeasurand() {
        assertThat(received(MeterStyle.BARE, STOP)).hasSize(37).allSatisfy(value -> {
            assertThat(value.unit()).isEmpty();
            assertThat(value.measurand()).isEmpty();
            assertThat(value.isEnergy()).isTrue();
        });
    }

    @Test
    void someStationsFallSilentInTheLastThird() {
        var rows = received(MeterStyle.SILENT_AT_END, STOP.plusSeconds(600));

        assertThat(rows.getLast().timestamp()).isEqualTo(START.plus(Duration.ofMinutes(4)));
        assertThat(rows).noneMatch(value -> value.context().equals(Optional.of(SimulatedMeterValue.TRANSACTION_END)));
    }

    @Test
    void someLastReadingsTrailTheStopByFifteenSeconds() {
        assertThat(received(MeterStyle.LATE_FINAL, STOP.plusSeconds(14)))
                .noneMatch(value -> value.timestamp().equals(STOP));
        assertThat(received(MeterStyle.LATE_FINAL, STOP.plusSeconds(15)))
                .anyMatch(value -> value.timestamp().equals(STOP));
    }

    @Test
    void threePhaseStationsSendCurrentAndVoltageForEachPhase() {
        var rows = received(MeterStyle.PHASES, START);

        // energy, power, 3 currents, 3 voltages, state of charge: as recorded
        assertThat(rows).hasSize(9);
        assertThat(rows.stream().flatMap(value -> value.phase().stream()))
                .containsExactly("L1", "L2", "L3", "L1-N", "L2-N", "L3-N");
    }

    private static SimulatedSession session(MeterStyle style) {
        var curve = new ChargingCurve(100_000, Duration.ofMinutes(3), Duration.ofSeconds(40), 30);
        return new SimulatedSession(
                START, STOP, point(style).heardUntil(START, STOP), 1_000_000, curve, Duration.ofSeconds(10));
    }

    private static SimulatedChargePoint point(MeterStyle style) {
        return new SimulatedChargePoint("PARK-9", 1, 100_000, true, style);
    }

    private static List<SimulatedMeterValue> received(MeterStyle style, Instant now) {
        return point(style).readings(session(style)).receivedBy(now).toList();
    }

    private static List<SimulatedMeterValue> energies(List<SimulatedMeterValue> rows) {
        return rows.stream().filter(SimulatedMeterValue::isEnergy).toList();
    }
}
