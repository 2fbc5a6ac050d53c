package express.polaris.demo.simulator;

import java.time.Instant;

/** Future event of the demo's world, at a known instant. */
sealed interface DemoEvent permits DemoEvent.Begin, DemoEvent.PlugIn, DemoEvent.RemoteBegin, DemoEvent.End {

    Instant at();

    /** Orders events of the same instant, the same way on every run: ends first. */
    default String tieBreak() {
        return switch (this) {
            case End end -> "0 " + end.id();
            case Begin begin ->
                "1 " + begin.plan().point().chargeBoxId() + begin.plan().point().connectorId();
            case RemoteBegin begin ->
                "2 " + begin.start().chargeBoxId() + begin.start().connectorId();
            case PlugIn plugIn ->
                "2 " + plugIn.point().chargeBoxId() + plugIn.point().connectorId();
        };
    }

    /** A planned session begins. */
    record Begin(PlannedSession plan) implements DemoEvent {
        @Override
        public Instant at() {
            return plan.start();
        }
    }

    /** A remote start takes effect, if the connector is still free. */
    record PlugIn(Instant at, SimulatedChargePoint point, String idTag) implements DemoEvent {}

    /** A session that was started from the portal, and is in the journal, begins. */
    record RemoteBegin(DemoJournal.RemoteStarted start) implements DemoEvent {
        @Override
        public Instant at() {
            return start.at();
        }
    }

    /** A session ends, unless it has already ended. */
    record End(long id, Instant at, String reason) implements DemoEvent {}
}
