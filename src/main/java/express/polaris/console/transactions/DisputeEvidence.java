package express.polaris.console.transactions;

import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.metering.MeterEvent;
import express.polaris.metering.ReadingFlag;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SyncedTransactionEvent;
import express.polaris.units.Energy;
import express.polaris.web.CurveChart;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Collects the evidence for a dispute while the session's events stream by, oldest first: the first reading, the first
 * jump, the last reading and the measured curve. Memory does not grow with the length of the session.
 */
final class DisputeEvidence {

    private final ChargingSession session;
    private final CurveChart.Points points;
    private Energy sum = Energy.ZERO;
    private Optional<MeterEvent> first = Optional.empty();
    private Optional<MeterEvent> jump = Optional.empty();
    private Optional<MeterEvent> last = Optional.empty();

    /**
     * @param expected approximate number of events
     */
    DisputeEvidence(ChargingSession session, int expected) {
        this.session = session;
        points = new CurveChart.Points(expected + 1);
        points.add(new CurveChart.Point(session.startedAt(), Optional.empty(), Energy.ZERO));
    }

    void add(SyncedTransactionEvent row) {
        var event = row.event();
        if (jump.isEmpty() && event.flags().contains(ReadingFlag.IMPLAUSIBLE)) {
            jump = Optional.of(event);
        }
        if (event.isFinal()) {
            return;
        }
        first = first.or(() -> Optional.of(event));
        last = Optional.of(event);
        sum = sum.plus(event.delta());
        points.add(new CurveChart.Point(event.measuredAt(), event.power(), sum));
    }

    /** The first reading, the first jump and the last reading, oldest first. */
    List<MeterEvent> events() {
        return Stream.of(first, jump, last).flatMap(Optional::stream).distinct().toList();
    }

    /**
     * The measured curve with SteVe's energy and the measured energy as levels; absent unless an event is later than
     * the start.
     */
    Optional<CurveChart> curve(Texts texts, Format format) {
        var steve =
                session.steveEnergy().map(energy -> new CurveChart.Level("steve", texts.get("energy.steve"), energy));
        var measured = session.energies()
                .measured()
                .map(energy -> new CurveChart.Level("measured", texts.get("energy.measured"), energy));
        var levels = Stream.of(steve, measured).flatMap(Optional::stream).toList();
        return CurveChart.of(points, levels, format);
    }
}
