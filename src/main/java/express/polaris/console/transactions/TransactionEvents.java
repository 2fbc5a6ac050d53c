package express.polaris.console.transactions;

import express.polaris.console.transactions.TransactionPage.Event;
import express.polaris.console.transactions.TransactionPage.Timeline;
import express.polaris.documents.Format;
import express.polaris.metering.ReadingFlag;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SyncedTransactionEvent;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import express.polaris.web.CurveChart;
import express.polaris.web.RowWindow;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects the event timeline of a transaction's page while the events stream by, oldest first. */
final class TransactionEvents {

    private final RowWindow.Shown shown;
    private final Map<Integer, Money> costs;
    private final CurveChart.Points points;
    private final List<Event> events = new ArrayList<>();
    private Energy sum = Energy.ZERO;

    /**
     * @param shown the events that the page lists
     * @param costs cost by event position; events without a price are missing
     */
    TransactionEvents(ChargingSession session, RowWindow.Shown shown, Map<Integer, Money> costs) {
        this.shown = shown;
        this.costs = costs;
        points = new CurveChart.Points(shown.total() + 1);
        points.add(new CurveChart.Point(session.startedAt(), Optional.empty(), Energy.ZERO));
    }

    void add(SyncedTransactionEvent row) {
        var event = row.event();
        sum = sum.plus(event.delta());
        points.add(new CurveChart.Point(event.measuredAt(), event.power(), sum));
        if (shown.contains(event.position())) {
            events.add(event(row, Optional.ofNullable(costs.get(event.position()))));
        }
    }

    Timeline view(Format format) {
        return new Timeline(List.copyOf(events.reversed()), shown, CurveChart.of(points, format));
    }

    private Event event(SyncedTransactionEvent row, Optional<Money> cost) {
        var event = row.event();
        return new Event(
                event.position(),
                event.measuredAt(),
                row.syncedAt(),
                event.delta(),
                sum,
                event.meterTo(),
                event.power(),
                event.powerDerived(),
                event.soc().map(soc -> soc.setScale(0, RoundingMode.HALF_UP).toPlainString()),
                cost,
                event.flags().stream().map(ReadingFlag::wireName).sorted().toList(),
                event.isFinal(),
                row.sealedAt().isPresent());
    }
}
