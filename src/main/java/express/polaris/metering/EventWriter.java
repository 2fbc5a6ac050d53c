package express.polaris.metering;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/** Numbers the steps, links each to its predecessor and gives it the power and state of charge of its time. */
final class EventWriter {

    private final MeteredTransaction transaction;
    private final NavigableMap<Instant, MeterReading> powers;
    private final NavigableMap<Instant, MeterReading> charges;
    private final RowLedger ledger;

    EventWriter(
            MeteredTransaction transaction,
            NavigableMap<Instant, MeterReading> powers,
            NavigableMap<Instant, MeterReading> charges,
            RowLedger ledger) {
        this.transaction = transaction;
        this.powers = powers;
        this.charges = charges;
        this.ledger = ledger;
    }

    List<MeterEvent> write(List<Step> steps) {
        var events = new ArrayList<MeterEvent>(steps.size());
        var from = transaction.startedAt();
        for (int position = 0; position < steps.size(); position++) {
            events.add(event(position, from, steps.get(position), position == steps.size() - 1));
            from = steps.get(position).at();
        }
        return List.copyOf(events);
    }

    private MeterEvent event(int position, Instant from, Step step, boolean last) {
        step.reading()
                .ifPresent(
                        reading -> ledger.became(reading, position, step.kind().outcome()));
        var measured = latestWithin(powers, from, step.at());
        measured.ifPresent(reading -> ledger.became(reading, position, "power"));
        var charge = latestWithin(charges, from, step.at());
        charge.ifPresent(reading -> ledger.became(reading, position, "soc"));
        return new MeterEvent(
                position,
                from,
                step.at(),
                step.from(),
                step.to(),
                step.delta(),
                measured.map(MeterReading::power).or(step::derivedPower),
                measured.isEmpty() && step.derivedPower().isPresent(),
                charge.map(MeterReading::quantity),
                step.flags(),
                last && isFinal(step));
    }

    /** A {@code Transaction.End} reading is final while SteVe is open; once it has closed only the closing event is. */
    private boolean isFinal(Step step) {
        return step.kind() == Step.Kind.CLOSING
                || (step.kind() == Step.Kind.END && transaction.stop().isEmpty());
    }

    private static Optional<MeterReading> latestWithin(
            NavigableMap<Instant, MeterReading> readings, Instant from, Instant to) {
        return Optional.ofNullable(readings.floorEntry(to))
                .map(entry -> entry.getValue())
                .filter(reading -> reading.at().equals(to) || reading.at().isAfter(from));
    }
}
