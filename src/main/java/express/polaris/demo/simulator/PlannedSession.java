package express.polaris.demo.simulator;

import java.time.Duration;
import java.time.Instant;

/** Planned session, before its register and transaction id are known. */
record PlannedSession(
        SimulatedChargePoint point, String idTag, Instant start, Instant stop, Instant heardUntil, Duration interval) {

    private static final int PERCENT = 100;
    private static final Duration LONGEST_CHARGE = Duration.ofHours(4);

    static PlannedSession of(
            SimulatedChargePoint point, String idTag, Instant start, Duration duration, Duration interval) {
        var stop = start.plus(duration);
        return new PlannedSession(point, idTag, start, stop, point.heardUntil(start, stop), interval);
    }

    /** Two cars in three fill up and stand idle at the end; the others leave while still charging. */
    SimulatedSession session(long startWattHours) {
        long chance = Chance.of(start.getEpochSecond(), point.chargeBoxId() + point.connectorId());
        boolean fillsUp = Math.floorMod(chance, 3L) != 0;
        var planned = Duration.between(start, stop);
        var lasting = planned.compareTo(LONGEST_CHARGE) < 0 ? planned : LONGEST_CHARGE;
        long peak = point.maxWatts() * (70 + Math.floorMod(chance >> 8, 29L)) / PERCENT;
        var curve = new ChargingCurve(
                peak,
                lasting.multipliedBy(fillsUp ? 40 : 85).dividedBy(PERCENT),
                lasting.multipliedBy(fillsUp ? 14 : 30).dividedBy(PERCENT),
                (int) (10 + Math.floorMod(chance >> 16, 50L)));
        return new SimulatedSession(start, stop, heardUntil, startWattHours, curve, interval);
    }
}
