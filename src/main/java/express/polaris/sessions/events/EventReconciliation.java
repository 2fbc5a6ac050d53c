package express.polaris.sessions.events;

import express.polaris.metering.MeterEvent;
import express.polaris.metering.ReadingFlag;
import express.polaris.metering.RowOutcome;
import express.polaris.sessions.SyncedTransactionEvent;
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
 * Computes the target events of a session from the stored events and SteVe's complete answer.
 *
 * <p>Without sealed events the target is the answer. Sealed events never change; the events after them are the
 * answer's. Once SteVe has closed the session, the energy by which the sealed part differs from the answer goes into a
 * correcting event directly after it. The correction is thus priced in the billing period of what it corrects, and
 * energy measured later in its own. The events of a closed session always add up to the answer's total.
 */
final class EventReconciliation {

    /** Reason of a row whose event has no place because sealed events cover its time. */
    private static final String INVOICED = "invoiced";

    private EventReconciliation() {}

    /** Target events in order, with positions without gaps. Sealed events keep their positions. Pure and idempotent. */
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
     * Maps the positions in row outcomes from the answer to the timeline. Sealed events keep their positions, so an
     * event of the answer may be elsewhere or, where sealed events cover its time, have no position. Events are matched
     * by instant; several of one instant are matched in order.
     *
     * @param stored the events after the answer was applied
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

    /** Position in the timeline by position in the answer. */
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

    /** Whether the answer has the same event at the same position. */
    static boolean isIn(List<MeterEvent> answer, MeterEvent stored) {
        return stored.position() < answer.size()
                && saysTheSame(stored, answer.get(stored.position()))
                && stored.isFinal() == answer.get(stored.position()).isFinal();
    }

    /**
     * Events up to the last sealed one. An unsealed event takes the answer's values if the answer has an event of the
     * same position and instant, else it has no energy.
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

    /** Correcting event after the last one; closes the session. */
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

    /**
     * Correcting event at the instant of the last sealed event; ends at the register value with which the next event
     * begins.
     */
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

    /** The event renumbered, beginning where {@code before} ends. */
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

    /** Final event without energy that ends the session at this instant and register value. */
    static MeterEvent nothing(int position, Instant at, Energy meter) {
        return new MeterEvent(
                position, at, at, meter, meter, Energy.ZERO, Optional.empty(), false, Optional.empty(), Set.of(), true);
    }
}
