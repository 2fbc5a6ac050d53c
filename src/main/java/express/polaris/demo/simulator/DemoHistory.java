package express.polaris.demo.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Sessions of the demo's past, from each driver's daily habits. A pure function of the epoch. */
final class DemoHistory {

    /** Length of the demo's past. */
    static final Duration LENGTH = Duration.ofDays(100);

    private static final Duration QUIET_BEFORE_LIVE = Duration.ofHours(1);
    private static final Duration STUCK_FOR = Duration.ofHours(5);
    private static final Duration STUCK_HEARD = Duration.ofMinutes(40);
    private static final Duration NEVER = Duration.ofDays(36_500);
    private static final int PERCENT = 100;

    /**
     * @param percent share of the days on which it happens
     * @param hour UTC; up to an hour is added
     * @param minutes shortest duration; the longest is half as long again
     */
    private record Habit(String idTag, SimulatedChargePoint point, int percent, int hour, int minutes) {

        private boolean isQuick() {
            return point.reportsStateOfCharge();
        }
    }

    private static final List<Habit> HABITS = List.of(
            new Habit(DemoSite.BEN_CARD, DemoSite.GARAGE_2_LEFT, 85, 7, 100),
            new Habit(DemoSite.CLEO_CARD, DemoSite.PARK_3_LEFT, 75, 9, 18),
            new Habit(DemoSite.ADA_KEY_RING, DemoSite.PARK_1_LEFT, 80, 12, 20),
            new Habit(DemoSite.UNLINKED_TAG, DemoSite.PARK_3_RIGHT, 20, 14, 25),
            new Habit(DemoSite.BEN_CARD, DemoSite.PARK_2_LEFT, 70, 16, 22),
            new Habit(DemoSite.ADA_CARD, DemoSite.GARAGE_1_LEFT, 95, 18, 130),
            new Habit(DemoSite.CLEO_CARD, DemoSite.GARAGE_3, 65, 19, 150));

    private DemoHistory() {}

    /** All sessions of the past, by start. Those of habits end at least an hour before the demo goes live. */
    static List<PlannedSession> sessions(Instant epoch) {
        var liveFrom = epoch.plus(LENGTH);
        var sessions = new ArrayList<PlannedSession>();
        var firstDay = epoch.truncatedTo(ChronoUnit.DAYS);
        for (long day = 0; day <= LENGTH.toDays(); day++) {
            for (var habit : HABITS) {
                var date = firstDay.plus(Duration.ofDays(day));
                long chance = Chance.of(date.getEpochSecond(), habit.idTag() + habit.hour());
                if (Math.floorMod(chance, (long) PERCENT) < habit.percent()) {
                    sessions.add(session(habit, date, chance));
                }
            }
        }
        sessions.removeIf(session ->
                session.start().isBefore(epoch) || session.stop().isAfter(liveFrom.minus(QUIET_BEFORE_LIVE)));
        sessions.add(stuck(liveFrom));
        sessions.sort(Comparator.comparing(PlannedSession::start));
        return sessions;
    }

    private static PlannedSession session(Habit habit, Instant date, long chance) {
        long startMinute = habit.hour() * 60L + Math.floorMod(chance >> 10, 60L);
        long seconds = habit.minutes() * 60L + Math.floorMod(chance >> 20, habit.minutes() * 30L);
        return PlannedSession.of(
                habit.point(),
                habit.idTag(),
                date.plus(Duration.ofMinutes(startMinute)),
                Duration.ofSeconds(seconds),
                habit.isQuick() ? Duration.ofMinutes(1) : Duration.ofMinutes(5));
    }

    /** A session whose station has fallen silent and forgotten it: SteVe keeps it open until it is closed by hand. */
    private static PlannedSession stuck(Instant liveFrom) {
        var start = liveFrom.minus(STUCK_FOR);
        return new PlannedSession(
                DemoSite.PARK_2_RIGHT,
                DemoSite.UNLINKED_TAG,
                start,
                start.plus(NEVER),
                start.plus(STUCK_HEARD),
                Duration.ofMinutes(1));
    }
}
