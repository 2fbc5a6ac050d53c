package express.polaris.portal.sessions;

import express.polaris.documents.Format;
import express.polaris.metering.MeterEvent;
import express.polaris.portal.TimelineView;
import express.polaris.sessions.ChargingSession;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import express.polaris.web.CurveChart;
import express.polaris.web.RowWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Collects the timeline of a session's page while the events stream by, oldest first. */
final class TimelineBuilder {

    private final RowWindow.Shown shown;
    private final Map<Integer, Money> costs;
    private final CurveChart.Points points;
    private final List<TimelineView.Reading> readings = new ArrayList<>();
    private Energy total = Energy.ZERO;

    /**
     * @param shown the events that the page lists
     * @param costs cost by event position; events without a price are missing
     */
    TimelineBuilder(ChargingSession session, RowWindow.Shown shown, Map<Integer, Money> costs) {
        this.shown = shown;
        this.costs = costs;
        points = new CurveChart.Points(shown.total() + 1);
        points.add(new CurveChart.Point(session.startedAt(), Optional.empty(), Energy.ZERO));
    }

    void add(MeterEvent event) {
        total = total.plus(event.delta());
        points.add(new CurveChart.Point(event.measuredAt(), event.power(), total));
        if (shown.contains(event.position())) {
            readings.add(reading(event, Optional.ofNullable(costs.get(event.position()))));
        }
    }

    TimelineView view(Format format) {
        return new TimelineView(List.copyOf(readings.reversed()), shown, CurveChart.of(points, format));
    }

    private TimelineView.Reading reading(MeterEvent event, Optional<Money> cost) {
        var flags = new ArrayList<String>();
        if (event.isFinal()) {
            flags.add("final");
        }
        event.flags().stream()
                .map(flag -> flag.name().toLowerCase(Locale.ROOT))
                .sorted()
                .forEach(flags::add);
        return new TimelineView.Reading(
                event.position(),
                event.measuredAt(),
                new TimelineView.Step(event.delta(), total),
                event.power().map(power -> new TimelineView.Measured(power, event.powerDerived())),
                event.soc().map(SessionViewBuilder::percent),
                cost,
                List.copyOf(flags));
    }
}
