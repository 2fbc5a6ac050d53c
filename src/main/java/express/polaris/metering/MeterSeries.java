package express.polaris.metering;

import express.polaris.units.Energy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What SteVe's answer about one transaction means: events, the live reading, and what became of each row.
 *
 * <p>A pure function of the whole answer. An answer with energy alone gives the same energy events as a full one; a full
 * one may have events of 0 kWh between them (power readings without energy), so that positions differ. (SteVe leaves
 * intervals out of answers with energy alone: a charger that sends nothing else needs the full one.) When later
 * readings arrive, events before the last energy reading stay as they are, except that {@code isFinal} moves on and
 * unless a series that ranks higher appears or a phase first shows up at an earlier time.
 */
public final class MeterSeries {

    private final List<MeterEvent> events;
    private final LiveReading live;
    private final List<RowOutcome> rows;
    private final Optional<Instant> heldUntil;
    private final Optional<Duration> samplingInterval;
    private final Optional<String> closingProblem;

    private MeterSeries(MeteredTransaction transaction, List<SampledValue> values, Instant now) {
        var ledger = new RowLedger(values.size());
        var window = new SessionWindow(transaction, now);
        var samples = new RowReader(window, ledger).read(values);
        var powers = byInstant(readings(samples, Measurand.POWER, ledger));
        var charges = byInstant(readings(samples, Measurand.STATE_OF_CHARGE, ledger));
        var stopValue = Closing.stopValue(transaction);
        var energies = withStopValue(energyReadings(transaction, samples, ledger), stopValue);

        var ceiling = new ConnectorCeiling(transaction.connectorLimit());
        var walk = new RegisterWalk(transaction, stopValue.isPresent(), ceiling, ledger);
        walk.walk(energies);
        var energyTimes = new TreeSet<>(byInstant(energies).keySet());
        var steps = PowerOnlySteps.weave(transaction, walk.steps(), powers.values(), energyTimes);
        if (stopValue.isPresent() && transaction.stop().isPresent()) {
            new Closing(transaction, now, ceiling)
                    .append(steps, transaction.stop().get(), stopValue.get(), walk.lastReadingAt());
        }

        var times = new TreeSet<>(energyTimes);
        times.addAll(powers.keySet());
        events = new EventWriter(transaction, powers, charges, ledger).write(steps);
        samplingInterval = SamplingInterval.of(times);
        times.addAll(charges.keySet());
        live = LatestReading.of(times, energyTimes, powers, charges, walk.lastPower());
        rows = ledger.outcomes();
        heldUntil = window.heldUntil();
        closingProblem = Closing.problem(transaction);
    }

    /**
     * @param values the whole answer, in any order
     * @param now readings more than five minutes ahead of it are held back
     */
    public static MeterSeries of(MeteredTransaction transaction, List<SampledValue> values, Instant now) {
        return new MeterSeries(transaction, values, now);
    }

    /** In the order of their positions, which is that of time. */
    public List<MeterEvent> events() {
        return events;
    }

    public LiveReading live() {
        return live;
    }

    /** One outcome a row, in the order of the answer. */
    public List<RowOutcome> rows() {
        return rows;
    }

    /** The earliest instant at which a reading held back (timed more than five minutes ahead) will count. */
    public Optional<Instant> heldUntil() {
        return heldUntil;
    }

    /** How often the charger sends readings, at least a second; empty until three readings are known. */
    public Optional<Duration> samplingInterval() {
        return samplingInterval;
    }

    /** Why a stopped transaction has no closing event; it then has no final event either. */
    public Optional<String> closingProblem() {
        return closingProblem;
    }

    private static List<MeterReading> energyReadings(
            MeteredTransaction transaction, List<Sample> samples, RowLedger ledger) {
        var chosen = SeriesChoice.choose(
                samples.stream().filter(sample -> sample.measurand().isEnergy()).toList(), ledger);
        var readings = OneReadingPerInstant.of(chosen, ledger);
        boolean intervals = !chosen.isEmpty() && chosen.getFirst().measurand() == Measurand.ENERGY_INTERVAL;
        return intervals ? IntervalRegister.accumulate(transaction.startValue(), readings) : readings;
    }

    private static List<MeterReading> readings(List<Sample> samples, Measurand measurand, RowLedger ledger) {
        var chosen = SeriesChoice.choose(
                samples.stream()
                        .filter(sample -> sample.measurand() == measurand)
                        .toList(),
                ledger);
        return OneReadingPerInstant.of(chosen, ledger);
    }

    /** Once SteVe has closed, its stop value replaces that of every {@code Transaction.End} reading. */
    private static List<MeterReading> withStopValue(List<MeterReading> readings, Optional<Energy> stopValue) {
        return stopValue.isEmpty()
                ? readings
                : readings.stream()
                        .map(reading -> reading.end() ? reading.withEnergy(stopValue.get()) : reading)
                        .toList();
    }

    private static NavigableMap<Instant, MeterReading> byInstant(List<MeterReading> readings) {
        var map = new TreeMap<Instant, MeterReading>();
        readings.forEach(reading -> map.put(reading.at(), reading));
        return map;
    }
}
