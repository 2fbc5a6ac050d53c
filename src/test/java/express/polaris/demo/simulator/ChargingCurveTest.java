package express.polaris.demo.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ChargingCurveTest {

    private static final ChargingCurve CURVE =
            new ChargingCurve(11_000, Duration.ofMinutes(30), Duration.ofMinutes(10), 20);

    @Test
    void powerRampsUpForHalfAMinuteThenHoldsThenTapersToZero() {
        assertThat(CURVE.wattsAfter(Duration.ZERO)).isZero();
        assertThat(CURVE.wattsAfter(Duration.ofSeconds(15))).isEqualTo(5_500);
        assertThat(CURVE.wattsAfter(Duration.ofMinutes(1))).isEqualTo(11_000);
        assertThat(CURVE.wattsAfter(Duration.ofMinutes(30))).isEqualTo(11_000);
        // 10 min into the taper: 11000 / e
        assertThat(CURVE.wattsAfter(Duration.ofSeconds(30 * 60 + 30 + 600))).isEqualTo(4_047);
        // the taper ends at a tenth, after 10 min × ln 10 = 23.03 min
        assertThat(CURVE.wattsAfter(Duration.ofMinutes(54))).isZero();
    }

    @Test
    void energyIsTheAreaUnderThePower() {
        // ramp: 11000 W × 30 s / 2 = 45.8 Wh
        assertThat(CURVE.wattHoursAfter(Duration.ofSeconds(30))).isEqualTo(45);
        // ramp + plateau: 45.8 Wh + 11000 W × 0.5 h = 5545.8 Wh
        assertThat(CURVE.wattHoursAfter(Duration.ofSeconds(30 * 60 + 30))).isEqualTo(5_545);
        // plus the taper to a tenth: 11000 W × 600 s × 0.9 = 1650 Wh
        assertThat(CURVE.wattHoursAfter(Duration.ofHours(2))).isEqualTo(7_195);
    }

    @Test
    void theRegisterNeverFallsAndIsConstantWhenIdle() {
        long before = 0;
        for (int second = 0; second < 3600; second++) {
            long now = CURVE.wattHoursAfter(Duration.ofSeconds(second));
            assertThat(now).isGreaterThanOrEqualTo(before);
            before = now;
        }
        assertThat(CURVE.wattHoursAfter(Duration.ofHours(9))).isEqualTo(before);
    }

    @Test
    void theTaperBeginsAtEightyPercent() {
        assertThat(CURVE.stateOfChargeAfter(Duration.ZERO)).isEqualTo(20);
        assertThat(CURVE.stateOfChargeAfter(Duration.ofSeconds(30 * 60 + 30))).isEqualTo(80);
        assertThat(CURVE.stateOfChargeAfter(Duration.ofHours(2))).isEqualTo(98);
    }

    @Test
    void aFullCarCannotStart() {
        assertThatThrownBy(() -> new ChargingCurve(11_000, Duration.ofMinutes(1), Duration.ofMinutes(1), 80))
                .hasMessage("A curve starts at 0 to 79 % state of charge, not 80");
    }
}
