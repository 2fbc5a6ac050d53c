package express.polaris.billing.pricing;

import static express.polaris.billing.pricing.BillingPeriodsTest.local;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class ProrationTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void aMonthWithA23HourDayStillHas31Days() {
        var march = local("2026-03-01T00:00:00+01:00", "2026-04-01T00:00:00+02:00");
        var fromThe15th = local("2026-03-15T00:00:00+01:00", "2026-04-01T00:00:00+02:00");

        assertThat(Proration.of(fromThe15th, march, BERLIN)).isEqualTo(new Proration(17, 31));
    }

    @Test
    void aDaySplitByAChangeOfPlanIsBilledOnce() {
        var march = local("2026-03-01T00:00:00+01:00", "2026-04-01T00:00:00+02:00");
        var before = local("2026-03-01T00:00:00+01:00", "2026-03-15T15:00:00+01:00");
        var after = local("2026-03-15T15:00:00+01:00", "2026-04-01T00:00:00+02:00");

        assertThat(Proration.of(before, march, BERLIN).days()).isEqualTo(14);
        assertThat(Proration.of(after, march, BERLIN).days()).isEqualTo(17); // 14 + 17 = 31
    }

    @Test
    void aRepeatingDecimalShareHas34Digits() {
        assertThat(new Proration(1, 3).of(new BigDecimal("2"))).isEqualTo("0.6666666666666666666666666666666667");
    }

    @Test
    void allDaysCostTheFeeExactly() {
        assertThat(new Proration(31, 31).of(new BigDecimal("9.99"))).isEqualTo("9.99");
    }

    @Test
    void moreDaysThanThePeriodHasAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Proration(32, 31))
                .withMessageContaining("32 of 31");
        assertThatIllegalArgumentException().isThrownBy(() -> new Proration(-1, 31));
        assertThatIllegalArgumentException().isThrownBy(() -> new Proration(0, 0));
    }
}
