package express.polaris.console.transactions;

import express.polaris.console.transactions.TransactionPage.EventLink;
import express.polaris.console.transactions.TransactionPage.Reading;
import express.polaris.console.transactions.TransactionPage.Readings;
import express.polaris.documents.Format;
import express.polaris.metering.SampledValue;
import express.polaris.sync.SessionReadings;
import express.polaris.units.Energy;
import express.polaris.web.RowWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Rows of SteVe's answer, each linked to the event that it became. */
final class TransactionReadings {

    private TransactionReadings() {}

    /**
     * Converts rows of an answer to the page's order, newest first.
     *
     * @param shown window of the rows
     * @param added energy of the events, by position
     * @param events window of the events on the page
     * @param href URL of the transaction's page
     */
    static Readings of(
            SessionReadings.Page page,
            RowWindow.Shown shown,
            Map<Integer, Energy> added,
            RowWindow.Shown events,
            String href) {
        var rows = new ArrayList<Reading>(page.rows().size());
        for (var row : page.rows()) {
            int number = shown.from() + rows.size() + 1;
            var link = row.became().map(position -> new EventLink(position, link(position, events, href)));
            rows.add(reading(number, row, link, row.became().map(added::get)));
        }
        return new Readings(page.readAt(), List.copyOf(rows.reversed()), shown, page.dropped(), false);
    }

    /** Used while the answer cannot be loaded. */
    static Readings busy(RowWindow.Shown none) {
        return new Readings(Optional.empty(), List.of(), none, Map.of(), true);
    }

    /** Links to the event on this page, or to the page that starts with it. */
    private static String link(int position, RowWindow.Shown events, String href) {
        var anchor = "#event-" + position;
        return events.contains(position) ? anchor : href + "?events=" + (position + 1) + anchor;
    }

    private static Reading reading(
            int number, SessionReadings.Row row, Optional<EventLink> link, Optional<Energy> added) {
        int colon = row.reason().indexOf(": ");
        return new Reading(
                number,
                row.value().map(SampledValue::timestamp),
                row.value()
                        .map(value -> value.value()
                                + value.unit().map(unit -> " " + unit).orElse(""))
                        .orElse(Format.MISSING),
                row.value().map(TransactionReadings::what).orElse(List.of()),
                link,
                added,
                colon < 0 ? row.reason() : row.reason().substring(0, colon),
                colon < 0 ? "" : row.reason().substring(colon + 2));
    }

    private static List<String> what(SampledValue value) {
        return Stream.of(value.measurand(), value.phase(), value.location(), value.context(), value.format())
                .flatMap(Optional::stream)
                .toList();
    }
}
