package express.polaris.metering;

import express.polaris.units.Energy;
import express.polaris.units.Power;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Builder of a session for tests: it starts at 10:00 UTC on 2 March 2026 with the register at 1000 Wh; the clock is at
 * 20:00.
 */
final class Session {

    private static final String DAY = "2026-03-02T";

    private final List<SampledValue> values = new ArrayList<>();
    private String now = "20:00";
    private Energy startValue = Energy.ofWattHours(1000);
    private Optional<MeterStop> stop = Optional.empty();
    private Optional<Power> connectorLimit = Optional.empty();
    private Optional<Instant> jumpsUntil = Optional.empty();
    private Optional<Energy> decided = Optional.empty();

    static Instant at(String time) {
        return Instant.parse(DAY + (time.length() == 5 ? time + ":00" : time) + "Z");
    }

    static SampledValue value(String time, String measurand, String value) {
        return new SampledValue(
                at(time),
                value,
                Optional.empty(),
                Optional.empty(),
                measurand.isEmpty() ? Optional.empty() : Optional.of(measurand),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static SampledValue withContext(SampledValue value, String context) {
        return new SampledValue(
                value.timestamp(),
                value.value(),
                Optional.of(context),
                value.format(),
                value.measurand(),
                value.location(),
                value.unit(),
                value.phase());
    }

    static SampledValue withValue(SampledValue row, String value) {
        return new SampledValue(
                row.timestamp(),
                value,
                row.context(),
                row.format(),
                row.measurand(),
                row.location(),
                row.unit(),
                row.phase());
    }

    static SampledValue withUnit(SampledValue value, String unit) {
        return new SampledValue(
                value.timestamp(),
                value.value(),
                value.context(),
                value.format(),
                value.measurand(),
                value.location(),
                Optional.of(unit),
                value.phase());
    }

    static SampledValue withPhase(SampledValue value, String phase) {
        return new SampledValue(
                value.timestamp(),
                value.value(),
                value.context(),
                value.format(),
                value.measurand(),
                value.location(),
                value.unit(),
                Optional.of(phase));
    }

    static SampledValue withLocation(SampledValue value, String location) {
        return new SampledValue(
                value.timestamp(),
                value.value(),
                value.context(),
                value.format(),
                value.measurand(),
                Optional.of(location),
                value.unit(),
                value.phase());
    }

    static SampledValue withFormat(SampledValue value, String format) {
        return new SampledValue(
                value.timestamp(),
                value.value(),
                value.context(),
                Optional.of(format),
                value.measurand(),
                value.location(),
                value.unit(),
                value.phase());
    }

    Session startValue(long wattHours) {
        startValue = Energy.ofWattHours(wattHours);
        return this;
    }

    Session connectorLimit(long watts) {
        connectorLimit = Optional.of(Power.ofWatts(watts));
        return this;
    }

    Session now(String time) {
        now = time;
        return this;
    }

    Session energy(String time, String wattHours) {
        return row(value(time, "", wattHours));
    }

    Session energy(String time, String wattHours, UnaryOperator<SampledValue> with) {
        return row(with.apply(value(time, "", wattHours)));
    }

    /** Adds an energy reading with context {@code Transaction.End}. */
    Session end(String time, String wattHours) {
        return energy(time, wattHours, value -> withContext(value, "Transaction.End"));
    }

    Session phases(String time, String l1, String l2, String l3) {
        return energy(time, l1, value -> withPhase(value, "L1"))
                .energy(time, l2, value -> withPhase(value, "L2"))
                .energy(time, l3, value -> withPhase(value, "L3"));
    }

    Session interval(String time, String wattHours) {
        return row(value(time, "Energy.Active.Import.Interval", wattHours));
    }

    Session power(String time, String watts) {
        return row(value(time, "Power.Active.Import", watts));
    }

    Session soc(String time, String percent) {
        return row(value(time, "SoC", percent));
    }

    Session row(SampledValue value) {
        values.add(value);
        return this;
    }

    Session stop(String time, String wattHours) {
        stop = Optional.of(new MeterStop(
                at(time), Optional.of(Energy.ofWattHours(wattHours)), Optional.empty(), Optional.empty()));
        return this;
    }

    Session stopWithoutValue(String time) {
        stop = Optional.of(new MeterStop(at(time), Optional.empty(), Optional.empty(), Optional.empty()));
        return this;
    }

    Session manualStop(String time, String wattHours) {
        stop = Optional.of(new MeterStop(
                at(time), Optional.of(Energy.ofWattHours(wattHours)), Optional.empty(), Optional.of("manual")));
        return this;
    }

    /** An operator confirmed the jumps until then. */
    Session jumpsUntil(String time) {
        jumpsUntil = Optional.of(at(time));
        return this;
    }

    /** An operator decided the energy. */
    Session decided(String wattHours) {
        decided = Optional.of(Energy.ofWattHours(wattHours));
        return this;
    }

    MeteredTransaction transaction() {
        return new MeteredTransaction(
                at("10:00"),
                startValue,
                stop,
                connectorLimit,
                new MeteredTransaction.Sight(at("10:00"), Optional.empty(), Optional.empty()),
                new MeteredTransaction.Word(decided, jumpsUntil));
    }

    List<SampledValue> values() {
        return values;
    }

    MeterSeries series() {
        return MeterSeries.of(transaction(), MeterValues.of(values), at(now));
    }

    /** The events as {@code "10:05 +200"}, followed by their flags and {@code final} where present. */
    List<String> events() {
        return series().events().stream().map(Session::told).toList();
    }

    /** The outcome of each row, e.g. {@code "0 energy"} (event 0) or {@code "outlier"}. */
    List<String> rows() {
        return series().rows().stream()
                .map(row -> row.position().map(position -> position + " ").orElse("") + row.reason())
                .toList();
    }

    private static String told(MeterEvent event) {
        var time = event.measuredAt()
                .toString()
                .replace(DAY, "")
                .replace(":00Z", "")
                .replace("Z", "");
        var delta = event.delta().wattHours().stripTrailingZeros().toPlainString();
        var text = new StringBuilder(time)
                .append(' ')
                .append(event.delta().isNegative() ? "" : "+")
                .append(delta);
        event.flags().stream()
                .sorted(Comparator.comparing(ReadingFlag::wireName))
                .forEach(flag -> text.append(' ').append(flag.wireName()));
        return text.append(event.isFinal() ? " final" : "").toString();
    }
}
