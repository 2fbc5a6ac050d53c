package express.polaris.billing.tariffs;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.billing.pricing.PriceSeries.Price;
import express.polaris.billing.tariffs.PriceSeriesService.Change;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PriceChangeTest {

    private static final Instant START = Instant.parse("2026-12-01T00:00:00Z");

    private static Price price(int fromMinute, int toMinute, String perKwh) {
        return new Price(
                START.plus(Duration.ofMinutes(fromMinute)),
                START.plus(Duration.ofMinutes(toMinute)),
                new BigDecimal(perKwh));
    }

    @Test
    void theSamePriceWithMoreZerosChangesNothing() {
        assertThat(Change.of(List.of(price(0, 60, "0.2")), List.of(price(0, 60, "0.20"))))
                .isEqualTo(new Change(List.of(), List.of(), List.of()));
    }

    @Test
    void whatIsKnownBeforeAndAfterANewPriceStillHolds() {
        var hour = price(0, 60, "0.2");

        var change = Change.of(List.of(hour), List.of(price(15, 30, "0.3"), price(30, 45, "0.4")));

        assertThat(change.replaced()).containsExactly(hour);
        assertThat(change.kept()).containsExactly(price(0, 15, "0.2"), price(45, 60, "0.2"));
    }

    @Test
    void quarterHoursReplaceTheirHourAndLeaveItsNeighboursAlone() {
        var hours = List.of(price(0, 60, "0.1"), price(60, 120, "0.2"), price(120, 180, "0.3"));
        var quarters = List.of(price(60, 75, "1"), price(75, 90, "2"), price(90, 105, "3"), price(105, 120, "4"));

        var change = Change.of(hours, quarters);

        assertThat(change.added()).isEqualTo(quarters);
        assertThat(change.replaced()).containsExactly(price(60, 120, "0.2"));
        assertThat(change.kept()).isEmpty();
    }

    @Test
    void oneHourReplacesAllItsQuarters() {
        var quarters = List.of(price(0, 15, "1"), price(15, 30, "2"), price(30, 45, "3"), price(45, 60, "4"));

        assertThat(Change.of(quarters, List.of(price(0, 60, "5"))).replaced()).isEqualTo(quarters);
    }
}
