package express.polaris.console;

import express.polaris.console.TransactionPage.Event;
import express.polaris.console.TransactionPage.Reading;
import express.polaris.console.TransactionPage.Readings;
import express.polaris.console.TransactionPage.Timeline;
import express.polaris.metering.ReadingFlag;
import express.polaris.metering.SampledValue;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SyncedTransactionEvent;
import express.polaris.sync.SessionReadings;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import express.polaris.web.CurveChart;
import express.polaris.web.Format;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A transaction's events and SteVe's rows, side by side. */
final class TransactionEvents {

    private static final int SHOWN_AT_FIRST = 50;

    private TransactionEvents() {}

    /**
     * The timeline.
     *
     * @param events oldest first
     * @param costs by position; what could not be priced is left out
     */
    static Timeline timeline(
            ChargingSession session,
            List<SyncedTransactionEvent> events,
            Map<Integer, Money> costs,
            boolean all,
            Format format) {
        var shown = new ArrayList<Event>(events.size());
        var points = new ArrayList<CurveChart.Point>(events.size() + 1);
        points.add(new CurveChart.Point(session.startedAt(), Optional.empty(), Energy.ZERO));
        var sum = Energy.ZERO;
        for (var event : events) {
            sum = sum.plus(event.delta());
            points.add(new CurveChart.Point(event.measuredAt(), event.power(), sum));
            shown.add(event(event, sum, Optional.ofNullable(costs.get(event.position()))));
        }
        Collections.reverse(shown);
        return new Timeline(first(shown, all), events.size(), CurveChart.of(points, format));
    }

    private static Event event(SyncedTransactionEvent event, Energy sum, Optional<Money> cost) {
        return new Event(
                event.position(),
                event.measuredAt(),
                event.syncedAt(),
                event.delta(),
                sum,
                event.meterTo(),
                event.power(),
                event.powerDerived(),
                event.soc().map(soc -> soc.setScale(0, RoundingMode.HALF_UP).toPlainString()),
                cost,
                event.flags().stream().map(ReadingFlag::wireName).sorted().toList(),
                event.isFinal(),
                event.sealedAt().isPresent());
    }

    /** @param events oldest first */
    static Readings readings(SessionReadings.Report report, List<SyncedTransactionEvent> events, boolean all) {
        var added = events.stream()
                .collect(Collectors.toMap(SyncedTransactionEvent::position, SyncedTransactionEvent::delta));
        var counts = new TreeMap<String, Integer>();
        var rows = new ArrayList<Reading>(report.rows().size());
        for (var row : report.rows()) {
            var reading = reading(rows.size() + 1, row, added);
            rows.add(reading);
            counts.merge(reading.reason(), 1, Integer::sum);
        }
        Collections.reverse(rows);
        return new Readings(report.readAt(), first(rows, all), rows.size(), counts);
    }

    private static Reading reading(int number, SessionReadings.Row row, Map<Integer, Energy> added) {
        int colon = row.reason().indexOf(": ");
        return new Reading(
                number,
                row.value().map(SampledValue::timestamp),
                row.value()
                        .map(value -> value.value()
                                + value.unit().map(unit -> " " + unit).orElse(""))
                        .orElse(Format.MISSING),
                row.value().map(TransactionEvents::what).orElse(List.of()),
                row.became(),
                row.became().map(added::get),
                colon < 0 ? row.reason() : row.reason().substring(0, colon),
                colon < 0 ? "" : row.reason().substring(colon + 2));
    }

    private static List<String> what(SampledValue value) {
        return Stream.of(value.measurand(), value.phase(), value.location(), value.context(), value.format())
                .flatMap(Optional::stream)
                .toList();
    }

    private static <T> List<T> first(List<T> newestFirst, boolean all) {
        return all
                ? List.copyOf(newestFirst)
                : List.copyOf(newestFirst.subList(0, Math.min(newestFirst.size(), SHOWN_AT_FIRST)));
    }
}
