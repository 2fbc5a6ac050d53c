package express.polaris.metering;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.units.Energy;
import express.polaris.units.Power;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Properties that hold for any charger; see {@link #chargers()} for the behaviour covered. */
class MeterSeriesPropertiesTest {

    private static final Instant START = Instant.parse("2026-03-02T10:00:00Z");
    private static final Instant NOW = START.plusSeconds(4 * 3600);

    record Charger(MeteredTransaction transaction, List<SampledValue> values) {

        MeterSeries series() {
            return MeterSeries.of(transaction, MeterValues.of(values), NOW);
        }

        Charger with(List<SampledValue> others) {
            return new Charger(transaction, others);
        }
    }

    @Property
    void theDeltasOfAClosedSessionAddUpToStopMinusStart(@ForAll("chargers") Charger charger) {
        var series = charger.series();
        var stop = charger.transaction().stop();
        boolean closes = stop.isPresent() && !series.isUnclosable();
        assertThat(!series.events().isEmpty() && series.events().getLast().isFinal() && stop.isPresent())
                .isEqualTo(closes);
        if (closes) {
            var expected =
                    stop.get().value().orElseThrow().minus(charger.transaction().startValue());
            assertThat(sum(series.events())).isEqualTo(expected);
        }
    }

    @Property
    void eachEventBeginsWhereItsPredecessorEnded(@ForAll("chargers") Charger charger) {
        var from = charger.transaction().startedAt();
        var meter = charger.transaction().startValue();
        int position = 0;
        for (var event : charger.series().events()) {
            assertThat(event.position()).isEqualTo(position++);
            assertThat(event.measuredFrom()).isEqualTo(from);
            assertThat(event.measuredAt()).isAfterOrEqualTo(from);
            assertThat(event.meterFrom()).isEqualTo(meter);
            from = event.measuredAt();
            meter = event.meterTo();
        }
    }

    @Property
    void onlyAClosingEventOrAResetDiffersFromTheRegisterDifference(@ForAll("chargers") Charger charger) {
        for (var event : charger.series().events()) {
            if (event.flags().contains(ReadingFlag.METER_RESET)) {
                assertThat(event.delta()).isEqualTo(Energy.ZERO);
            } else if (!event.isFinal()) {
                assertThat(event.delta()).isEqualTo(event.meterTo().minus(event.meterFrom()));
            }
            assertThat(event.delta().isNegative() && !event.isFinal()).isFalse();
            assertThat(event.power().map(Power::isNegative)).isNotEqualTo(Optional.of(true));
        }
    }

    @Property
    void onlyTheLastEventCanBeFinal(@ForAll("chargers") Charger charger) {
        var events = charger.series().events();
        assertThat(events.subList(0, Math.max(0, events.size() - 1))).noneMatch(MeterEvent::isFinal);
    }

    @Property
    void everyRowHasOneOutcomeAndEveryEventARow(@ForAll("chargers") Charger charger) {
        var series = charger.series();
        assertThat(series.rows()).hasSameSizeAs(charger.values());
        for (int row = 0; row < series.rows().size(); row++) {
            assertThat(series.rows().get(row).row()).isEqualTo(row);
        }
        var positions =
                series.rows().stream().flatMap(row -> row.position().stream()).collect(Collectors.toSet());
        assertThat(series.events().stream()
                        .map(MeterEvent::position)
                        .filter(position -> !positions.contains(position))
                        .filter(position -> !series.events().get(position).isFinal()))
                .isEmpty();
        assertThat(positions).allMatch(position -> position < series.events().size());
    }

    @Property
    void theOrderOfRowsDoesNotMatter(@ForAll("chargers") Charger charger, @ForAll Random random) {
        var shuffled = new ArrayList<>(charger.values());
        Collections.shuffle(shuffled, random);
        var one = charger.series();
        var other = charger.with(shuffled).series();
        assertThat(other.events()).isEqualTo(one.events());
        assertThat(other.live()).isEqualTo(one.live());
        assertThat(other.heldUntil()).isEqualTo(one.heldUntil());
        assertThat(other.samplingInterval()).isEqualTo(one.samplingInterval());
    }

    @Property
    void rowsSentTwiceDoNotMatter(@ForAll("chargers") Charger charger) {
        var doubled = new ArrayList<>(charger.values());
        doubled.addAll(charger.values());
        assertThat(charger.with(doubled).series().events())
                .isEqualTo(charger.series().events());
    }

    /** Uses the register as the only series, because a better series may change everything. */
    @Property
    void energyFallsOnlyWhenACountedReadingIsLeftOut(
            @ForAll("openRegisters") Charger charger, @ForAll("registerValues") String value) {
        var later = lastTime(charger.values()).plusSeconds(30);
        var more = new ArrayList<>(charger.values());
        more.add(row(later, "", value, Optional.empty(), Optional.empty()));
        var before = charger.series();
        var after = charger.with(more).series();
        if (after.measured().compareTo(before.measured()) < 0) {
            assertThat(IntStream.range(0, charger.values().size())
                            .filter(row -> counts(before, row))
                            .filter(row -> !counts(after, row)))
                    .isNotEmpty();
        }
    }

    private static boolean counts(MeterSeries series, int row) {
        var reason = series.outcome(row).reason();
        return List.of("energy", "closing", "unchanged", "noise").contains(reason);
    }

    @Property
    void anEnergyOnlyAnswerGivesTheSameEnergyAsAFullAnswer(@ForAll("chargers") Charger charger) {
        var energyOnly = charger.values().stream()
                .filter(value -> !List.of("Power.Active.Import", "SoC", "Voltage")
                        .contains(value.measurand().orElse("")))
                .toList();
        assertThat(energy(charger.with(energyOnly).series())).isEqualTo(energy(charger.series()));
    }

    private static Instant lastTime(List<SampledValue> rows) {
        return rows.stream()
                .map(SampledValue::timestamp)
                .filter(at -> !at.isAfter(NOW) && !at.isBefore(START))
                .max(Instant::compareTo)
                .orElse(START);
    }

    private static List<String> energy(MeterSeries series) {
        return series.events().stream()
                .filter(event -> !event.delta().isZero() || !event.flags().isEmpty())
                .map(event -> event.measuredAt() + " " + event.meterFrom() + " " + event.meterTo() + " " + event.delta()
                        + " " + event.flags())
                .toList();
    }

    private static Energy sum(List<MeterEvent> events) {
        return events.stream().map(MeterEvent::delta).reduce(Energy.ZERO, Energy::plus);
    }

    /**
     * Duplicates (few distinct times), any order, gaps, resets and glitches (zero and huge values), decimals, both
     * units, phases, intervals, locations, hostile strings, readings before the start, after the stop and far ahead;
     * stops that are missing, unreadable, below the start, early, late, or ahead of now.
     */
    @Provide
    Arbitrary<Charger> chargers() {
        return Combinators.combine(transactions(), rows().list().ofMaxSize(40)).as(Charger::new);
    }

    @Provide
    Arbitrary<Charger> openRegisters() {
        var registerRows = Combinators.combine(times(), registerValues(), contexts())
                .as((at, value, context) -> row(at, "", value, Optional.empty(), context));
        var otherRows = Combinators.combine(times(), Arbitraries.of("Power.Active.Import", "SoC"), registerValues())
                .as((at, measurand, value) -> row(at, measurand, value, Optional.empty(), Optional.empty()));
        return Combinators.combine(
                        transactions(),
                        Arbitraries.frequencyOf(Tuple.of(3, registerRows), Tuple.of(1, otherRows))
                                .list()
                                .ofMaxSize(40))
                .as((transaction, rows) -> new Charger(
                        MeteredTransaction.seenAtItsStart(
                                transaction.startedAt(),
                                transaction.startValue(),
                                Optional.empty(),
                                transaction.connectorLimit()),
                        rows));
    }

    @Provide
    Arbitrary<String> registerValues() {
        var steps = Arbitraries.integers().between(0, 300).map(step -> String.valueOf(1000 + step * 20));
        var noisy = Arbitraries.integers().between(0, 6000).map(milli -> "1100." + milli);
        var outliers = Arbitraries.of("0", "183", "900000", "5.05E5", "9999999999", "1000", "1200", "1210");
        return Arbitraries.frequencyOf(Tuple.of(8, steps), Tuple.of(1, noisy), Tuple.of(2, outliers));
    }

    private static Arbitrary<MeteredTransaction> transactions() {
        var startValues = Arbitraries.of("0", "1000", "1000.5", "6000000").map(Energy::ofWattHours);
        var stopValues = Arbitraries.of("0", "1000", "1234.567", "7000", "6005271")
                .map(Energy::ofWattHours)
                .optional();
        var stopTimes = Arbitraries.integers().between(-10, 300).map(minutes -> START.plusSeconds(60L * minutes));
        var stops = Combinators.combine(stopTimes, stopValues, Arbitraries.of("manual", "station"))
                .as((at, value, actor) -> new MeterStop(at, value, Optional.empty(), Optional.of(actor)))
                .optional();
        var limits = Arbitraries.of(0, 11_000, 150_000)
                .map(watts -> Power.ofWatts((long) watts))
                .optional();
        return Combinators.combine(startValues, stops, limits)
                .as((value, stop, limit) -> MeteredTransaction.seenAtItsStart(START, value, stop, limit));
    }

    private Arbitrary<SampledValue> rows() {
        var measurands = Arbitraries.of(
                "",
                "Energy.Active.Import.Register",
                "Energy.Active.Import.Register",
                "Energy.Active.Import.Interval",
                "Energy.Active.Export.Register",
                "Power.Active.Import",
                "SoC",
                "Voltage");
        var hostile = Arbitraries.strings().ofMaxLength(40);
        var texts =
                Arbitraries.of("", "abc", "NaN", "0x1F", "1E99999999", "-1e-2147483648", "505,5", "OCMF|{}|{}", "-5");
        var values = Arbitraries.frequencyOf(Tuple.of(12, registerValues()), Tuple.of(1, texts), Tuple.of(1, hostile));
        var phases = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.just("")), Tuple.of(3, Arbitraries.of("L1", "L2", "L3", "L1-N", "L1-L2", "N")));
        var locations = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.of("", "Outlet")), Tuple.of(1, Arbitraries.of("Inlet", "EV", "Moon")));
        var units = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.just(Optional.<String>empty())),
                Tuple.of(1, Arbitraries.of("Wh", "kWh", "W", "kW", "varh").map(Optional::of)));
        return Combinators.combine(times(), measurands, values, phases, locations, contexts(), units)
                .as((at, measurand, value, phase, location, context, unit) -> new SampledValue(
                        at,
                        value,
                        context,
                        value.startsWith("OCMF") ? Optional.of("SignedData") : Optional.empty(),
                        Optional.of(measurand),
                        Optional.of(location),
                        unit,
                        Optional.of(phase)));
    }

    /** Multiples of 30 seconds, so that equal instants are frequent. */
    private static Arbitrary<Instant> times() {
        var within = Arbitraries.integers().between(-4, 120).map(half -> START.plusSeconds(30L * half));
        var strange =
                Arbitraries.of(START, NOW, NOW.plusSeconds(301), NOW.plusSeconds(86_400), Instant.MAX, Instant.MIN);
        return Arbitraries.frequencyOf(Tuple.of(20, within), Tuple.of(1, strange));
    }

    private static Arbitrary<Optional<String>> contexts() {
        return Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.just(Optional.<String>empty())),
                Tuple.of(
                        1,
                        Arbitraries.of("Sample.Periodic", "Sample.Clock", "Transaction.Begin", "Trigger")
                                .map(Optional::of)),
                Tuple.of(1, Arbitraries.just(Optional.of("Transaction.End"))));
    }

    private static SampledValue row(
            Instant at, String measurand, String value, Optional<String> unit, Optional<String> context) {
        return new SampledValue(
                at,
                value,
                context,
                Optional.empty(),
                measurand.isEmpty() ? Optional.empty() : Optional.of(measurand),
                Optional.empty(),
                unit,
                Optional.empty());
    }
}
