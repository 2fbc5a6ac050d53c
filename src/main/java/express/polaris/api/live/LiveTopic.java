package express.polaris.api.live;

import express.polaris.api.live.LiveEvent.Meter;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionService;
import express.polaris.sessions.SessionStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * State of a session as last sent to its readers. News is the difference from that state, so it does not matter how
 * often, in which order or from which node changes are reported. Not thread-safe; the lock of the driver's streams
 * guards it.
 */
final class LiveTopic {

    /** With more new entries than this, the client fetches the whole timeline again. */
    private static final int MOST_READINGS = 200;

    private final SessionId id;
    private final LiveSessions sessions;
    private final Runnable unwatch;
    private ChargingSession known;
    private SessionJson told;
    private SessionService.FirstEvents rows;
    private long version;

    /**
     * @param version of the driver, read before the session
     */
    LiveTopic(LiveSessions.State state, long version, LiveSessions sessions) {
        this.id = state.session().id();
        this.sessions = sessions;
        this.version = version;
        this.known = state.session();
        this.told = state.json();
        this.rows = state.rows();
        this.unwatch = isCompleted() ? () -> {} : sessions.watch(id);
    }

    /** Ends the watch on the session: nobody reads it any more, or it is over. */
    void close() {
        unwatch.run();
    }

    SessionId id() {
        return id;
    }

    /** Whether it is of this version of the driver, so that neither sessions nor prices have changed since. */
    boolean isOf(long driverVersion) {
        return version == driverVersion;
    }

    boolean isCompleted() {
        return known.status() == SessionStatus.COMPLETED;
    }

    /**
     * Whether the session's note differs from the one sent, because it can change with time alone, or its price could
     * not be looked up.
     */
    boolean isOutdated(Instant now) {
        return !known.note(now).map(note -> note.wireName()).equals(told.note()) || sessions.priceFailed(id);
    }

    /** The session as it was last sent. */
    LiveEvent snapshot() {
        return sessions.event(LiveEvent.SESSION, known.revision(), told);
    }

    /**
     * Changes since the last call, in the order in which they are sent.
     *
     * @param driverVersion read before the session
     * @param timelineRevision read after the session: the revision with which earlier events last changed
     */
    List<LiveEvent> news(ChargingSession session, long driverVersion, long timelineRevision) {
        boolean wasCompleted = isCompleted();
        var news = session.revision() == known.revision()
                ? newsBesideRevision(session)
                : newsOfRevision(session, timelineRevision > known.revision());
        version = driverVersion;
        if (isCompleted() && !wasCompleted) {
            close();
        }
        return news;
    }

    /** Changes without a new revision: notes change with time, prices with other sessions. */
    private List<LiveEvent> newsBesideRevision(ChargingSession session) {
        var now = sessions.json(session);
        var news = new ArrayList<LiveEvent>();
        addSession(now, session, news);
        known = session;
        told = now;
        return news;
    }

    private List<LiveEvent> newsOfRevision(ChargingSession session, boolean earlierEventsChanged) {
        var kept = earlierEventsChanged ? sessions.firstEvents(id, rows.count()) : rows;
        var appended = sessions.events(id, rows.count(), MOST_READINGS + 1);
        boolean tooMany = appended.size() > MOST_READINGS;
        var priced = sessions.withReadings(session, tooMany ? List.of() : appended, kept.energy());
        var now = priced.session();
        var readings = priced.readings();
        // Only the session event may carry the completed revision: a reader that has it is not connected again.
        long revision = session.status() == SessionStatus.COMPLETED
                ? Math.min(known.revision(), session.revision() - 1)
                : session.revision();
        var news = new ArrayList<LiveEvent>();
        if (tooMany || earlierEventsChanged) {
            news.add(sessions.timeline(id, revision));
        }
        for (var item : readings) {
            boolean latest = item == readings.getLast();
            news.add(sessions.event(LiveEvent.METER, revision, Meter.of(now, item, latest)));
        }
        if (readings.isEmpty() && isNewerReading(told, now)) {
            news.add(sessions.event(LiveEvent.METER, revision, Meter.withoutItem(now)));
        }
        addSession(now, session, news);
        known = session;
        told = now;
        rows = tooMany ? sessions.firstEvents(id, Integer.MAX_VALUE) : kept.plus(appended);
        return news;
    }

    private void addSession(SessionJson now, ChargingSession session, List<LiveEvent> news) {
        if (!now.withoutWhatMovesByItself().equals(told.withoutWhatMovesByItself())) {
            news.add(sessions.event(LiveEvent.SESSION, session.revision(), now));
        }
    }

    private static boolean isNewerReading(SessionJson before, SessionJson now) {
        return now.lastReadingAt().isPresent()
                && (!now.lastReadingAt().equals(before.lastReadingAt())
                        || now.isLive()
                                && (!now.powerKw().equals(before.powerKw())
                                        || !now.soc().equals(before.soc())));
    }
}
