package express.polaris.billing.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import express.polaris.billing.pricing.PriceSeries.Price;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PriceSeriesTest {

    private static final Instant START = Instant.parse("2026-12-01T00:00:00Z");

    private static Price price(int fromMinute, int toMinute, String perKwh) {
        return new Price(
                START.plus(Duration.ofMinutes(fromMinute)),
                START.plus(Duration.ofMinutes(toMinute)),
                new BigDecimal(perKwh));
    }

    @Test
    void aPriceHoldsFromItsStartUntilJustBeforeItsEnd() {
        var series = new PriceSeries(List.of(price(15, 30, "-0.01"), price(0, 15, "0.20")));

        assertThat(series.at(START.minusNanos(1))).isEmpty();
        assertThat(series.at(START)).contains(price(0, 15, "0.20"));
        assertThat(series.at(START.plusSeconds(15 * 60))).contains(price(15, 30, "-0.01"));
        assertThat(series.at(START.plusSeconds(30 * 60))).isEmpty();
    }

    @Test
    void pricesThatOverlapAreRefusedInWhateverOrder() {
        var hour = price(0, 60, "0.20");
        var quarter = price(45, 75, "0.30");

        assertThatThrownBy(() -> new PriceSeries(List.of(hour, quarter))).hasMessageContaining("overlap");
        assertThatThrownBy(() -> new PriceSeries(List.of(quarter, hour))).hasMessageContaining("overlap");
        assertThatThrownBy(() -> new PriceSeries(List.of(hour, hour))).hasMessageContaining("overlap");
        assertThatThrownBy(() -> price(60, 60, "0.20")).hasMessageContaining("end after");
    }

    @Test
    void theBoundsOfAGapAreChanges() {
        var series = new PriceSeries(List.of(price(0, 60, "0.20"), price(120, 180, "0.30"), price(180, 240, "0.40")));

        assertThat(series.changes(START.plusSeconds(30 * 60), START.plusSeconds(200 * 60)))
                .containsExactly(START.plusSeconds(60 * 60), START.plusSeconds(120 * 60), START.plusSeconds(180 * 60));
        assertThat(series.changes(START, START.plusSeconds(60 * 60))).isEmpty();
    }

    @Test
    void aMonthOfQuarterHoursIsReadInTimeProportionalToItsLength() {
        var quarters = new ArrayList<>(IntStream.range(0, 3_000)
                .mapToObj(place -> price(place * 15, place * 15 + 15, "0.20"))
                .toList());
        var series = new PriceSeries(quarters);

        assertThat(series.changes(START, START.plus(Duration.ofMinutes(45_000))))
                .hasSize(2_999);
    }
}
