package express.polaris.billing.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.billing.pricing.TimeBand.Day;
import express.polaris.billing.pricing.TimeBand.Hours;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TimeBandsTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Set<Day> EVERY_DAY = EnumSet.allOf(Day.class);
    private static final Set<Day> WORKDAYS = EnumSet.range(Day.MONDAY, Day.FRIDAY);

    private static final TimeBand NIGHT = new TimeBand(List.of(hours(EVERY_DAY, "22:00", "06:00")));

    private static Hours hours(Set<Day> days, String from, String to) {
        return new Hours(days, LocalTime.parse(from), LocalTime.parse(to));
    }

    private static TimeBands of(TimeBand band, String... holidays) {
        return new TimeBands(
                Map.of("band", Map.of(Instant.parse("2026-01-01T00:00:00Z"), band)),
                Map.of("band", "Band"),
                Set.copyOf(List.of(holidays).stream().map(LocalDate::parse).toList()));
    }

    private static Duration timeIn(TimeBands bands, String from, String to) {
        var start = Instant.parse(from);
        var end = Instant.parse(to);
        var bounds = new java.util.ArrayList<Instant>();
        bounds.add(start);
        bounds.addAll(bands.changes(List.of("band"), start, end, BERLIN));
        bounds.add(end);
        var sum = Duration.ZERO;
        for (int place = 1; place < bounds.size(); place++) {
            if (bands.contains("band", bounds.get(place - 1), BERLIN)) {
                sum = sum.plus(Duration.between(bounds.get(place - 1), bounds.get(place)));
            }
        }
        return sum;
    }

    @Test
    void theNightOfTheClockChangeInSpringIsAnHourShorter() {
        // 22:00 +01:00 to 06:00 +02:00: 8 − 1 hours
        assertThat(timeIn(of(NIGHT), "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z"))
                .isEqualTo(Duration.ofHours(7));
    }

    @Test
    void theNightOfTheClockChangeInAutumnIsAnHourLonger() {
        // 22:00 +02:00 to 06:00 +01:00: 8 + 1 hours
        assertThat(timeIn(of(NIGHT), "2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z"))
                .isEqualTo(Duration.ofHours(9));
    }

    @Test
    void anHourThatTheClockSkipsIsNeverAndOneThatItRepeatsIsTwice() {
        var second = of(new TimeBand(List.of(hours(EVERY_DAY, "02:00", "03:00"))));

        assertThat(timeIn(second, "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"))
                .isEqualTo(Duration.ZERO);
        assertThat(timeIn(second, "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"))
                .isEqualTo(Duration.ofHours(2));
        var changes = second.changes(
                List.of("band"), Instant.parse("2026-10-24T23:30:00Z"), Instant.parse("2026-10-25T02:30:00Z"), BERLIN);
        assertThat(changes).contains(Instant.parse("2026-10-25T00:00:00Z"), Instant.parse("2026-10-25T02:00:00Z"));
    }

    @Test
    void hoursPastMidnightBelongToTheDayOnWhichTheyBegin() {
        var friday = of(new TimeBand(List.of(hours(EnumSet.of(Day.FRIDAY), "22:00", "06:00"))));

        // Friday 2026-12-04
        assertThat(friday.contains("band", Instant.parse("2026-12-04T04:00:00Z"), BERLIN))
                .as("Friday 05:00")
                .isFalse();
        assertThat(friday.contains("band", Instant.parse("2026-12-05T04:59:59Z"), BERLIN))
                .as("Saturday 05:59")
                .isTrue();
        assertThat(friday.contains("band", Instant.parse("2026-12-05T05:00:00Z"), BERLIN))
                .as("Saturday 06:00")
                .isFalse();
    }

    @Test
    void aHolidayIsNoWorkdayAndTheNightBeforeItEndsOnIt() {
        var day = of(new TimeBand(List.of(hours(WORKDAYS, "06:00", "22:00"))), "2026-12-25");
        var workNight = of(new TimeBand(List.of(hours(WORKDAYS, "22:00", "06:00"))), "2026-12-25");
        var rest = of(new TimeBand(List.of(hours(EnumSet.of(Day.HOLIDAY), "00:00", "00:00"))), "2026-12-25");

        // Friday 2026-12-25
        assertThat(timeIn(day, "2026-12-24T23:00:00Z", "2026-12-25T23:00:00Z")).isEqualTo(Duration.ZERO);
        assertThat(timeIn(rest, "2026-12-24T12:00:00Z", "2026-12-26T12:00:00Z")).isEqualTo(Duration.ofHours(24));
        // from Thursday 22:00 until 06:00, and not again on Friday
        assertThat(timeIn(workNight, "2026-12-24T12:00:00Z", "2026-12-26T12:00:00Z"))
                .isEqualTo(Duration.ofHours(8));
    }

    @Test
    void hoursThatOverlapCountOnce() {
        var twice = of(new TimeBand(List.of(hours(EVERY_DAY, "08:00", "12:00"), hours(EVERY_DAY, "10:15", "14:45"))));

        // 08:00 to 14:45
        assertThat(timeIn(twice, "2026-12-01T00:00:00Z", "2026-12-01T23:00:00Z"))
                .isEqualTo(Duration.ofMinutes(405));
    }

    @Test
    void aVersionHoldsFromItsInstantOnAndTheFirstOneAlsoBefore() {
        var saved = Instant.parse("2026-05-01T12:20:00Z");
        Map<Instant, TimeBand> versions = new TreeMap<>(Map.of(
                Instant.parse("2026-04-01T00:00:00Z"),
                NIGHT,
                saved,
                new TimeBand(List.of(hours(EVERY_DAY, "12:00", "16:00")))));
        var bands = new TimeBands(Map.of("band", versions), Map.of(), Set.of());

        assertThat(bands.contains("band", Instant.parse("2020-01-01T23:00:00Z"), BERLIN))
                .isTrue();
        assertThat(bands.contains("band", saved.minusSeconds(1), BERLIN)).isFalse();
        assertThat(bands.contains("band", saved, BERLIN)).isTrue(); // 14:20
        assertThat(timeIn(bands, "2026-05-01T10:00:00Z", "2026-05-01T20:00:00Z"))
                .isEqualTo(Duration.ofMinutes(100)); // 14:20 to 16:00
    }

    @Test
    void betweenTwoChangesNoBandChanges() {
        var quarters = new TimeBand(List.of(
                hours(WORKDAYS, "00:15", "00:30"),
                hours(EVERY_DAY, "23:45", "00:15"),
                hours(EVERY_DAY, "02:30", "02:45")));
        var bands = of(quarters, "2026-10-26");
        var from = Instant.parse("2026-10-23T00:07:00Z");
        var to = Instant.parse("2026-10-28T00:00:00Z");
        Collection<Instant> changes = bands.changes(List.of("band"), from, to, BERLIN);

        boolean last = bands.contains("band", from, BERLIN);
        for (var at = from.plusSeconds(60); at.isBefore(to); at = at.plusSeconds(60)) {
            boolean now = bands.contains("band", at, BERLIN);
            assertThat(now == last || changes.contains(at)).as(at.toString()).isTrue();
            last = now;
        }
        assertThat(bands.contains("none", from, BERLIN)).isFalse();
        assertThat(bands.changes(List.of("none"), from, to, BERLIN)).isEmpty();
    }
}
