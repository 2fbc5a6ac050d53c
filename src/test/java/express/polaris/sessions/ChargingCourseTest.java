package express.polaris.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.metering.MeterEvent;
import express.polaris.metering.ReadingFlag;
import express.polaris.units.Energy;
import express.polaris.units.Power;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChargingCourseTest {

    private static final Instant START = Instant.parse("2026-03-10T12:00:00Z");

    private final List<MeterEvent> events = new ArrayList<>();

    @Test
    void aSessionWithoutEventsHasNoChargingTime() {
        var course = course();
        assertThat(course).isEqualTo(new ChargingCourse(Duration.ZERO, Optional.empty(), Optional.empty()));
    }

    @Test
    void onlyIntervalsWithEnergyCountAsCharging() {
        event(30, 5500, Optional.of(11_000L));
        event(15, 0, Optional.of(0L));
        event(60, 0, Optional.empty());
        event(30, 5500, Optional.of(11_200L));

        var course = course();

        assertThat(course.charging()).isEqualTo(Duration.ofMinutes(60)); // 30 + 30 of 135
        assertThat(course.average()).contains(Power.ofWatts(11_000)); // 11 kWh in 1 h
        assertThat(course.peak()).contains(new ChargingCourse.Peak(Power.ofWatts(11_200), false));
    }

    @Test
    void standbyConsumptionDoesNotCountAsCharging() {
        event(60, 99, Optional.empty());
        assertThat(course().charging()).isZero();
        event(60, 100, Optional.empty());
        assertThat(course().charging()).isEqualTo(Duration.ofHours(1)); // 100 Wh in 1 h is 100 W
    }

    @Test
    void anEventWithNegativeEnergyDoesNotCountAsCharging() {
        event(30, 5000, Optional.empty());
        event(10, -200, Optional.empty());

        var course = course();

        assertThat(course.charging()).isEqualTo(Duration.ofMinutes(30));
        assertThat(course.peak()).contains(new ChargingCourse.Peak(Power.ofWatts(10_000), true)); // 5 kWh in 0.5 h
    }

    @Test
    void energyInZeroTimeHasNoPower() {
        event(0, 700, Optional.empty());
        assertThat(course()).isEqualTo(new ChargingCourse(Duration.ZERO, Optional.empty(), Optional.empty()));
    }

    @Test
    void anImplausibleStepIsNotThePeak() {
        event(30, 5000, Optional.of(10_000L));
        event(1, 90_000, Optional.empty(), ReadingFlag.IMPLAUSIBLE);

        var course = course();

        assertThat(course.charging()).isEqualTo(Duration.ofMinutes(31));
        assertThat(course.peak()).contains(new ChargingCourse.Peak(Power.ofWatts(10_000), false));
    }

    private void event(int minutes, long wattHours, Optional<Long> watts, ReadingFlag... flags) {
        var from = events.isEmpty() ? START : events.getLast().measuredAt();
        var meter = events.isEmpty() ? Energy.ZERO : events.getLast().meterTo();
        var delta = Energy.ofWattHours(wattHours);
        var at = from.plus(Duration.ofMinutes(minutes));
        events.add(new MeterEvent(
                events.size(),
                from,
                at,
                meter,
                meter.plus(delta),
                delta,
                watts.map(Power::ofWatts),
                false,
                Optional.empty(),
                Set.of(flags),
                false));
    }

    private ChargingCourse course() {
        var recorder = new ChargingCourse.Recorder();
        events.forEach(recorder::add);
        return recorder.course();
    }
}
