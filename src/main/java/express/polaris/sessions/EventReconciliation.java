package express.polaris.sessions;

import express.polaris.metering.MeterEvent;
import express.polaris.metering.ReadingFlag;
import express.polaris.metering.RowOutcome;
import express.polaris.units.Energy;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * What the events of a session should be, given what is stored and what SteVe's whole answer says.
 *
 * <p>Without sealed rows that is simply the answer. Sealed rows stay as they are, whatever the answer says; what follows
 * them is the answer's. Once SteVe has closed the session, the energy by which the sealed rows differ from the answer goes
 * into a correcting event right behind them: so it is priced in the billing period of what it corrects, and the energy
 * that was measured later in its own. The sum of a completed session is SteVe's, always.
 */
final class EventReconciliation {

    /** A row's reason where its event has no place because an invoice has others for that time. */
    private static final String INVOICED = "invoiced";

    private EventReconciliation() {}

    /**
     * The rows as they should be, in order, positions without gaps. Rows at the positions of sealed ones are the sealed
     * ones themselves. A pure function of its arguments; applying it twice changes nothing.
     */
    static List<MeterEvent> target(List<SyncedTransactionEvent> stored, List<MeterEvent> answer) {
        var sealed = stored.stream().filter(SyncedTransactionEvent::isSealed).toList();
        if (sealed.stream().allMatch(row -> isIn(answer, row.event()))) {
            return answer;
        }
        var end = sealed.getLast().event();
        var rows = new ArrayList<MeterEvent>(frozenPart(stored, answer, end.position()));
        var later = answer.stream()
                .filter(event -> event.measuredAt().isAfter(end.measuredAt()))
                .toList();
        var missing = sum(answer).minus(sum(rows)).minus(sum(later));
        boolean closed = !answer.isEmpty() && answer.getLast().isFinal();
        if (closed && later.isEmpty() && !(missing.isZero() && rows.getLast().isFinal())) {
            rows.add(closingCorrection(rows.getLast(), answer.getLast(), missing));
        } else if (closed && !later.isEmpty() && !missing.isZero()) {
            rows.add(correctionBetween(rows.getLast(), later.getFirst(), missing));
        }
        later.forEach(event -> rows.add(after(rows.getLast(), event)));
        return List.copyOf(rows);
    }

    /**
     * What became of the rows of an answer, in the timeline instead of the answer: sealed events keep their places, so
     * those of the answer stand elsewhere or, where an invoice has other events, nowhere. An event is found by its
     * instant; of several with one instant the first of the answer is the first of the timeline.
     *
     * @param stored the events after the answer was taken over
     * @param outcomes by row, with positions in the answer
     */
    static IntFunction<RowOutcome> inTimeline(
            List<SyncedTransactionEvent> stored, List<MeterEvent> answer, IntFunction<RowOutcome> outcomes) {
        if (stored.stream().noneMatch(SyncedTransactionEvent::isSealed)) {
            return outcomes;
        }
        var places = places(stored, answer);
        return row -> {
            var outcome = outcomes.apply(row);
            return outcome.position().isEmpty() ? outcome : moved(outcome, places);
        };
    }

    private static RowOutcome moved(RowOutcome outcome, Map<Integer, Integer> places) {
        var place = outcome.position().map(places::get);
        return new RowOutcome(outcome.row(), place, place.isPresent() ? outcome.reason() : INVOICED);
    }

    /** Positions in the timeline by those in the answer. */
    private static Map<Integer, Integer> places(List<SyncedTransactionEvent> stored, List<MeterEvent> answer) {
        var free = stored.stream()
                .map(SyncedTransactionEvent::event)
                .collect(Collectors.groupingBy(
                        MeterEvent::measuredAt,
                        Collectors.mapping(MeterEvent::position, Collectors.toCollection(ArrayDeque::new))));
        var places = new HashMap<Integer, Integer>();
        for (var event : answer) {
            Optional.ofNullable(free.get(event.measuredAt()))
                    .map(ArrayDeque::poll)
                    .ifPresent(place -> places.put(event.position(), place));
        }
        return places;
    }

    /** Whether the answer has the same event in the same place. */
    static boolean isIn(List<MeterEvent> answer, MeterEvent stored) {
        return stored.position() < answer.size()
                && saysTheSame(stored, answer.get(stored.position()))
                && stored.isFinal() == answer.get(stored.position()).isFinal();
    }

    /**
     * Everything up to the last sealed row. What is not sealed in there says what the answer says at its time, and
     * nothing where the answer has no such event any more.
     */
    private static List<MeterEvent> frozenPart(
            List<SyncedTransactionEvent> stored, List<MeterEvent> answer, int lastSealed) {
        Map<Integer, MeterEvent> byPosition =
                answer.stream().collect(Collectors.toMap(MeterEvent::position, Function.identity()));
        var rows = new ArrayList<MeterEvent>();
        for (var row : stored) {
            var event = row.event();
            if (event.position() > lastSealed) {
                break;
            }
            var computed = byPosition.get(event.position());
            if (row.isSealed()) {
                rows.add(event);
            } else if (computed != null && computed.measuredAt().equals(event.measuredAt())) {
                rows.add(computed.withFinality(false));
            } else {
                rows.add(event.withDelta(Energy.ZERO).withFinality(false));
            }
        }
        return rows;
    }

    /** Behind the last event, as the end of the session. */
    private static MeterEvent closingCorrection(MeterEvent before, MeterEvent closing, Energy missing) {
        var at = closing.measuredAt().isAfter(before.measuredAt()) ? closing.measuredAt() : before.measuredAt();
        var flags = EnumSet.of(ReadingFlag.CORRECTION);
        flags.addAll(closing.flags());
        return new MeterEvent(
                before.position() + 1,
                before.measuredAt(),
                at,
                before.meterTo(),
                closing.meterTo(),
                missing,
                closing.power(),
                closing.powerDerived(),
                closing.soc(),
                Set.copyOf(flags),
                true);
    }

    /** At the instant of the last sealed event: from there on the register is the one that the next event begins with. */
    private static MeterEvent correctionBetween(MeterEvent before, MeterEvent next, Energy missing) {
        return new MeterEvent(
                before.position() + 1,
                before.measuredAt(),
                before.measuredAt(),
                before.meterTo(),
                next.meterFrom(),
                missing,
                Optional.empty(),
                false,
                Optional.empty(),
                Set.of(ReadingFlag.CORRECTION),
                false);
    }

    private static Energy sum(List<MeterEvent> events) {
        return events.stream().map(MeterEvent::delta).reduce(Energy.ZERO, Energy::plus);
    }

    private static boolean saysTheSame(MeterEvent stored, MeterEvent event) {
        return stored.measuredAt().equals(event.measuredAt())
                && stored.delta().equals(event.delta())
                && stored.meterTo().equals(event.meterTo());
    }

    /** The event as the one that follows: it begins where that one ends. */
    private static MeterEvent after(MeterEvent before, MeterEvent event) {
        return new MeterEvent(
                before.position() + 1,
                before.measuredAt(),
                event.measuredAt(),
                before.meterTo(),
                event.meterTo(),
                event.delta(),
                event.power(),
                event.powerDerived(),
                event.soc(),
                event.flags(),
                event.isFinal());
    }

    /** A final row without energy, for a session that ends where it is. */
    static MeterEvent nothing(int position, Instant at, Energy meter) {
        return new MeterEvent(
                position, at, at, meter, meter, Energy.ZERO, Optional.empty(), false, Optional.empty(), Set.of(), true);
    }
}
