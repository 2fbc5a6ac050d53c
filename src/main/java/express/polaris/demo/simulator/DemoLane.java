package express.polaris.demo.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Timetable of a connector while the demo is live: one session per period.
 *
 * @param offset from the instant the demo goes live to the first session's start; may be negative
 * @param idTags idTags that take turns
 */
record DemoLane(SimulatedChargePoint point, Duration period, Duration offset, Duration duration, List<String> idTags) {

    /**
     * Two lanes of Ada's whose sessions overlap by 5 minutes; long sessions of Ben's; occasional ones of Cleo's; and at
     * the fast chargers a start and an end in every two minutes.
     */
    static final List<DemoLane> ALL = List.of(
            lane(DemoSite.GARAGE_1_LEFT, 60, -10, 35, 0, DemoSite.ADA_CARD),
            lane(DemoSite.GARAGE_1_RIGHT, 60, 20, 35, 0, DemoSite.ADA_CARD),
            lane(DemoSite.GARAGE_2_LEFT, 120, -30, 80, 0, DemoSite.BEN_CARD),
            lane(DemoSite.GARAGE_3, 240, 30, 90, 0, DemoSite.CLEO_CARD),
            lane(DemoSite.PARK_1_LEFT, 8, -2, 6, 0, DemoSite.BEN_CARD, DemoSite.CLEO_CARD, DemoSite.UNLINKED_TAG),
            lane(DemoSite.PARK_2_LEFT, 8, 0, 6, 0, DemoSite.ADA_KEY_RING, DemoSite.UNLINKED_TAG, DemoSite.BEN_CARD),
            lane(DemoSite.PARK_3_LEFT, 8, 2, 7, 0, DemoSite.CLEO_CARD, DemoSite.ADA_KEY_RING, DemoSite.UNLINKED_TAG),
            lane(DemoSite.PARK_3_RIGHT, 8, 4, 6, 30, DemoSite.UNLINKED_TAG, DemoSite.BEN_CARD));

    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private static DemoLane lane(
            SimulatedChargePoint point, int period, int offset, int minutes, int seconds, String... idTags) {
        return new DemoLane(
                point,
                Duration.ofMinutes(period),
                Duration.ofMinutes(offset),
                Duration.ofMinutes(minutes).plusSeconds(seconds),
                List.of(idTags));
    }

    /** Sessions that start within the half-open interval [from, until). */
    Stream<PlannedSession> startingWithin(Instant liveFrom, Instant from, Instant until) {
        var first = liveFrom.plus(offset);
        long from0 = Math.max(0, Math.ceilDiv(Duration.between(first, from).toMillis(), period.toMillis()));
        long until0 = Math.ceilDiv(Duration.between(first, until).toMillis(), period.toMillis());
        return LongStream.range(from0, Math.max(from0, until0)).mapToObj(n -> {
            var idTag = idTags.get((int) (n % idTags.size()));
            return PlannedSession.of(point, idTag, first.plus(period.multipliedBy(n)), duration, INTERVAL);
        });
    }
}
