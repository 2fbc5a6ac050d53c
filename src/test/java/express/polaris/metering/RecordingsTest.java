package express.polaris.metering;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.units.Energy;
import express.polaris.units.Power;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers recorded from a real SteVe; the expected values were read from the recorded JSON. */
class RecordingsTest {

    private static final String NEXT_DAY = "2026-11-23T00:00:00Z";

    private static Energy sum(List<MeterEvent> events) {
        return events.stream().map(MeterEvent::delta).reduce(Energy.ZERO, Energy::plus);
    }

    private static List<String> reasons(MeterSeries series) {
        return series.rows().stream().map(RowOutcome::reason).toList();
    }

    /**
     * Events are the rising readings (not the one at the start), with an end reading and the closing event merged into
     * one. If the last reading is not {@code Transaction.End}, the closing event is an additional event.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # recording                                 | events | first Wh | sum Wh | final
        normal-finished-energyonly-false            | 60     | 137      | 10954  | true
        normal-finished-energyonly-true             | 60     | 137      | 10954  | true
        default-param                               | 60     | 137      | 10954  | true
        active-during-energyonly-false              | 71     | 3        | 1452   | false
        active-during-energyonly-true               | 71     | 3        | 1452   | false
        active-after-remotestop-energyonly-false    | 83     | 3        | 1685   | true
        active-after-remotestop-energyonly-true     | 83     | 3        | 1685   | true
        kwh-units-energyonly-false                  | 30     | 138      | 5454   | true
        kwh-units-energyonly-true                   | 30     | 138      | 5454   | true
        late-final-energyonly-false                 | 30     | 138      | 5454   | true
        late-final-energyonly-true                  | 30     | 138      | 5454   | true
        long-500-readings-energyonly-false          | 499    | 46       | 45696  | true
        long-500-readings-energyonly-true           | 499    | 46       | 45696  | true
        # 29 rises, the reset, 30 rises from 0 to 5500; the last is an end reading: 5271 + 5500
        meter-reset-energyonly-false                | 60     | 138      | 10771  | true
        meter-reset-energyonly-true                 | 60     | 138      | 10771  | true
        # stopped at the last reading before the reset: 29 rises and the closing event
        meter-reset-after-patch-energyonly-true     | 30     | 138      | 5271   | true
        no-power-energyonly-false                   | 30     | 138      | 5454   | true
        no-power-energyonly-true                    | 30     | 138      | 5454   | true
        no-reason-energyonly-false                  | 10     | 138      | 1788   | true
        no-reason-energyonly-true                   | 10     | 138      | 1788   | true
        no-stop-before-patch-energyonly-false       | 29     | 138      | 5271   | false
        no-stop-before-patch-energyonly-true        | 29     | 138      | 5271   | false
        no-stop-after-patch-energyonly-false        | 30     | 138      | 5271   | true
        no-stop-after-patch-energyonly-true         | 30     | 138      | 5271   | true
        # the register of the second session goes on where the first ended (10003621)
        no-txid-first-energyonly-false              | 20     | 138      | 3621   | true
        no-txid-first-energyonly-true               | 20     | 138      | 3621   | true
        no-txid-second-energyonly-false             | 20     | 137      | 3621   | true
        no-txid-second-energyonly-true              | 20     | 137      | 3621   | true
        # 30 rises without context, so the closing event is one more
        no-unit-no-context-energyonly-false         | 31     | 138      | 5454   | true
        no-unit-no-context-energyonly-true          | 31     | 138      | 5454   | true
        # 29 power readings a minute apart, each an event of 0 kWh; the 30th is the closing event's
        power-only-energyonly-false                 | 30     | 0        | 5454   | true
        power-only-energyonly-true                  | 1      | 5454     | 5454   | true
        remote-started-during-energyonly-false      | 15     | 3        | 191    | false
        remote-started-after-energyonly-true        | 16     | 3        | 202    | true
        stop-late-and-after-energyonly-false        | 30     | 138      | 5454   | true
        stop-late-and-after-energyonly-true         | 30     | 138      | 5454   | true
        stop-with-transactiondata-energyonly-false  | 64     | 138      | 10954  | true
        stop-with-transactiondata-energyonly-true   | 64     | 138      | 10954  | true
        stopped-twice-manual-then-station           | 3      | 1000     | 3000   | true
        unknown-tag-energyonly-false                | 10     | 138      | 1788   | true
        unknown-tag-energyonly-true                 | 10     | 138      | 1788   | true
        # no energy: a sign of life after 15 minutes and the closing event after 30
        zero-energy-energyonly-false                | 2      | 0        | 0      | true
        zero-energy-energyonly-true                 | 2      | 0        | 0      | true
        # read the day after, when the reading timed ahead counts: 599999 − 500000
        edge-cases-energyonly-false                 | 109    | 1000     | 99999  | false
        edge-cases-energyonly-true                  | 109    | 1000     | 99999  | false
        edge-cases-after-patch-energyonly-true      | 110    | 1000     | 99999  | true
        """)
    void everyRecordedAnswerBecomesReadings(String name, int events, long first, long sum, boolean isFinal) {
        var series = Recording.of(name).seriesAt(NEXT_DAY);
        assertThat(series.events()).hasSize(events);
        assertThat(series.events().getFirst().delta()).isEqualTo(Energy.ofWattHours(first));
        assertThat(sum(series.events())).isEqualTo(Energy.ofWattHours(sum));
        assertThat(series.events().getLast().isFinal()).isEqualTo(isFinal);
        assertThat(series.events().stream().filter(MeterEvent::isFinal)).hasSize(isFinal ? 1 : 0);
        assertThat(series.events()).noneMatch(event -> event.flags().contains(ReadingFlag.IMPLAUSIBLE));
        assertThat(series.isUnclosable()).isFalse();
    }

    @Test
    void kilowattHoursAreConvertedToWattHours() {
        var register = """
            4000.138 4000.321 4000.504 4000.687 4000.871 4001.054 4001.237 4001.421 4001.604 4001.787 4001.971
            4002.154 4002.337 4002.521 4002.704 4002.887 4003.071 4003.254 4003.437 4003.621 4003.804 4003.987
            4004.171 4004.354 4004.537 4004.721 4004.904 4005.087 4005.271 4005.454\
            """;
        var series = Recording.of("kwh-units-energyonly-false").seriesAt(NEXT_DAY);
        assertThat(series.events().stream().map(MeterEvent::meterTo))
                .containsExactlyElementsOf(Arrays.stream(register.split("\\s+"))
                        .map(Energy::ofKilowattHours)
                        .toList());
        // 11.000 kW and 29 % in the last rows
        assertThat(series.events().getLast().power()).contains(Power.ofWatts(11_000));
        assertThat(series.events().getLast().powerDerived()).isFalse();
        assertThat(series.events().getLast().soc()).contains(new BigDecimal("29"));
        assertThat(series.samplingInterval()).contains(Duration.ofSeconds(60));
    }

    @Test
    void energyAccumulatesFromTheNewBaseAfterAMeterReset() {
        var events =
                Recording.of("meter-reset-energyonly-true").seriesAt(NEXT_DAY).events();
        var reset = events.get(29);
        assertThat(reset.measuredAt()).isEqualTo("2026-11-22T07:26:12.795Z");
        assertThat(reset.flags()).containsExactly(ReadingFlag.METER_RESET);
        assertThat(reset.meterFrom()).isEqualTo(Energy.ofWattHours(6_005_271));
        assertThat(reset.meterTo()).isEqualTo(Energy.ZERO);
        assertThat(reset.delta()).isEqualTo(Energy.ZERO);
        assertThat(events.get(30).delta()).isEqualTo(Energy.ofWattHours(183)); // 183 − 0
        assertThat(events.get(31).delta()).isEqualTo(Energy.ofWattHours(184)); // 367 − 183
        assertThat(events.getLast().meterTo()).isEqualTo(Energy.ofWattHours(5500));
    }

    @Test
    void aManualStopEndsTheSessionBeforeTheReset() {
        var series = Recording.of("meter-reset-after-patch-energyonly-true").seriesAt(NEXT_DAY);
        assertThat(series.events().getLast().delta()).isEqualTo(Energy.ZERO); // 6005271 − 6005271
        assertThat(series.events().getLast().flags()).isEmpty();
        // the start reading, 29 rises, then 31 rows after 07:25:12
        assertThat(reasons(series)).filteredOn("after_stop"::equals).hasSize(31);
    }

    @Test
    void readingsRepeatedInTransactionDataCountOnce() {
        var series = Recording.of("stop-with-transactiondata-energyonly-true").seriesAt(NEXT_DAY);
        assertThat(reasons(series)).filteredOn("duplicate"::equals).hasSize(6); // 71 rows, 65 instants
        assertThat(reasons(series)).filteredOn("unchanged"::equals).hasSize(1); // the start reading
    }

    @Test
    void everyRowOfAHostileAnswerHasItsReason() {
        var series = Recording.of("edge-cases-energyonly-false").seriesAt("2026-11-22T08:00:00Z");
        assertThat(reasons(series).subList(0, 24))
                .containsExactly(
                        "before_start", // 07:09:22
                        "energy", // 501000
                        "energy", // 502000
                        "duplicate",
                        "energy", // 503000
                        "energy", // 503100
                        "energy", // 503200
                        "signed_data",
                        "unreadable: not a decimal number", // abc
                        "unreadable: empty",
                        "energy", // 5.05E5
                        "unreadable: not a decimal number", // 505,5
                        "not_used", // export
                        "other_series", // interval
                        "other_series", // L1
                        "other_series", // L2
                        "other_series", // L3
                        "not_used", // Power.Offered
                        "not_used", // Current.Offered
                        "not_used", // Temperature
                        "energy", // 506000
                        "energy", // 506500
                        "energy", // 507000
                        "energy"); // 507001
        assertThat(reasons(series).getLast()).isEqualTo("held_until: 2026-11-22T08:14:22.093Z");
        assertThat(series.heldUntil()).contains(Instant.parse("2026-11-22T08:14:22.093Z"));
        assertThat(sum(series.events())).isEqualTo(Energy.ofWattHours(7099)); // 507099 − 500000
        assertThat(series.events().get(5).delta()).isEqualTo(Energy.ofWattHours(1800)); // 505000 − 503200
    }

    @Test
    void aStopFarAheadOfNowClosesAtTheLastReadingAndIsDisputed() {
        var series = Recording.of("edge-cases-after-patch-energyonly-true").seriesAt("2026-11-22T08:00:00Z");
        var closing = series.events().getLast();
        assertThat(closing.isFinal()).isTrue();
        assertThat(closing.measuredAt()).isEqualTo("2026-11-22T07:58:23.083Z");
        assertThat(closing.delta()).isEqualTo(Energy.ofWattHours(92_900)); // 99999 − 7099
        assertThat(series.measured()).isEqualTo(Energy.ofWattHours(7099));
        assertThat(series.dispute()).contains(Dispute.STEVE_LARGER);
    }

    @Test
    void aSecondEndAfterTheStopMakesNoEvent() {
        var series = Recording.of("stopped-twice-manual-then-station").seriesAt(NEXT_DAY);
        assertThat(series.events().stream().map(MeterEvent::delta))
                .containsOnly(Energy.ofWattHours(1000)); // 501000, 502000, 503000
        assertThat(reasons(series)).containsExactly("energy", "energy", "closing", "after_stop");
    }

    @Test
    void theClosingEventIsAtTheStopTimeEvenAfterTheEndReading() {
        var closing = Recording.of("stop-late-and-after-energyonly-false")
                .seriesAt(NEXT_DAY)
                .events()
                .getLast();
        assertThat(closing.measuredAt()).isEqualTo("2026-11-22T07:57:32.426Z");
        assertThat(closing.delta()).isEqualTo(Energy.ofWattHours(183)); // 12005454 − 12005271
    }

    @Test
    void theClosingEventCarriesAllEnergyWhenOnlyPowerIsSent() {
        var events =
                Recording.of("power-only-energyonly-false").seriesAt(NEXT_DAY).events();
        assertThat(events.subList(0, 29)).allMatch(event -> event.delta().isZero() && !event.powerDerived());
        assertThat(events.getLast().delta()).isEqualTo(Energy.ofWattHours(5454)); // 9005454 − 9000000
        assertThat(events.getLast().power()).contains(Power.ofWatts(11_000));
    }

    @Test
    void powerIsDerivedWhereTheChargerSendsNone() {
        var series = Recording.of("no-power-energyonly-false").seriesAt(NEXT_DAY);
        assertThat(series.events().getFirst().power()).contains(Power.ofWatts(8280)); // 138 Wh × 60
        assertThat(series.events().getFirst().powerDerived()).isTrue();
        assertThat(series.live().power()).contains(Power.ofWatts(10_980)); // 183 Wh × 60
    }

    @Test
    void theLiveReadingOfARunningSessionIsItsLastReading() {
        var live = Recording.of("active-during-energyonly-false")
                .seriesAt("2026-11-22T07:58:15Z")
                .live();
        assertThat(live.at()).contains(Instant.parse("2026-11-22T07:58:11.697Z"));
        assertThat(live.power()).contains(Power.ofWatts(7400));
        assertThat(live.powerDerived()).isFalse();
        assertThat(live.soc()).contains(new BigDecimal("22"));
    }

    @Test
    void aTriggeredReadingDoesNotDisturbTheSamplingInterval() {
        var series = Recording.of("remote-started-during-energyonly-false").seriesAt(NEXT_DAY);
        assertThat(series.samplingInterval()).contains(Duration.ofSeconds(5));
    }
}
