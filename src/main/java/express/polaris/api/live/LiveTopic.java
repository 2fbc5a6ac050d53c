package express.polaris.api.live;

import express.polaris.accounts.AccountId;
import express.polaris.api.live.LiveEvent.Meter;
import express.polaris.api.live.LiveEvent.Timeline;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionProgressed;
import express.polaris.sessions.SessionService;
import express.polaris.sessions.SessionStatus;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * State of a session as last sent to its readers. News is the difference from that state, so it does not matter how
 * often, in which order or from which node changes are reported. Not thread-safe; the feed's thread owns it.
 */
final class LiveTopic {

    /** With more new entries than this, the client fetches the whole timeline again. */
    private static final int MOST_READINGS = 200;

    private final SessionId id;
    private final SessionService events;
    private final SessionJsonWriter sessions;
    private final JsonMapper json;
    private final Clock clock;
    private ChargingSession known;
    private SessionJson told;
    private SessionService.Digest rows;

    LiveTopic(
            ChargingSession session, SessionService events, SessionJsonWriter sessions, JsonMapper json, Clock clock) {
        this.id = session.id();
        this.events = events;
        this.sessions = sessions;
        this.json = json;
        this.clock = clock;
        this.known = session;
        this.told = sessions.of(session);
        this.rows = events.digest(id, 0, Integer.MAX_VALUE);
    }

    SessionId id() {
        return id;
    }

    Optional<AccountId> driver() {
        return known.driver();
    }

    long revision() {
        return known.revision();
    }

    boolean isCompleted() {
        return known.status() == SessionStatus.COMPLETED;
    }

    /** Whether the session's note differs from the one sent; it can change with time alone. */
    boolean noteIsOutdated(Instant now) {
        return !known.note(now).map(note -> note.wireName()).equals(told.note());
    }

    /** The session as it was last sent. */
    LiveEvent snapshot() {
        return event(LiveEvent.SESSION, known.revision(), told);
    }

    /**
     * Changes since the last call, in the order in which they are sent.
     *
     * @param change the published change; empty if a change is only possible
     */
    List<LiveEvent> news(ChargingSession session, Optional<SessionProgressed> change) {
        return session.revision() == known.revision() ? newsBesideRevision(session) : newsOfRevision(session, change);
    }

    /** Changes without a new revision: notes change with time, prices with other sessions. */
    private List<LiveEvent> newsBesideRevision(ChargingSession session) {
        var now = sessions.of(session);
        var news = new ArrayList<LiveEvent>();
        addSession(now, session, news);
        known = session;
        told = now;
        return news;
    }

    private List<LiveEvent> newsOfRevision(ChargingSession session, Optional<SessionProgressed> change) {
        boolean isKept = change.filter(one -> isTheOnlyOne(one, session))
                .filter(one -> !one.earlierEventsChanged())
                .isPresent();
        var kept = isKept ? rows : events.digest(id, 0, rows.events());
        var appended = events.events(id, rows.events(), MOST_READINGS + 1);
        boolean tooMany = appended.size() > MOST_READINGS;
        boolean toBeFetched = tooMany || !kept.equals(rows);
        var priced = sessions.withReadings(session, tooMany ? List.of() : appended, kept.energy());
        var now = priced.session();
        var readings = priced.readings();
        // Only the session event may carry the completed revision: a reader that has it is not connected again.
        long revision = session.status() == SessionStatus.COMPLETED
                ? Math.min(known.revision(), session.revision() - 1)
                : session.revision();
        var news = new ArrayList<LiveEvent>();
        if (toBeFetched) {
            news.add(event(LiveEvent.TIMELINE, revision, new Timeline(id.value())));
        }
        for (var item : readings) {
            boolean latest = item == readings.getLast();
            news.add(event(LiveEvent.METER, revision, Meter.of(now, item, latest)));
        }
        if (readings.isEmpty() && isNewerReading(told, now)) {
            news.add(event(LiveEvent.METER, revision, Meter.withoutItem(now)));
        }
        addSession(now, session, news);
        known = session;
        told = now;
        rows = appended.isEmpty() ? kept : kept.plus(events.digest(id, kept.events(), Integer.MAX_VALUE));
        return news;
    }

    /** Whether this change is the only one between the session that was sent and this one. */
    private boolean isTheOnlyOne(SessionProgressed change, ChargingSession session) {
        return change.revision() == session.revision() && session.revision() == known.revision() + 1;
    }

    private void addSession(SessionJson now, ChargingSession session, List<LiveEvent> news) {
        if (!now.withoutWhatMovesByItself().equals(told.withoutWhatMovesByItself())) {
            news.add(event(LiveEvent.SESSION, session.revision(), now));
        }
    }

    private static boolean isNewerReading(SessionJson before, SessionJson now) {
        return now.lastReadingAt().isPresent()
                && (!now.lastReadingAt().equals(before.lastReadingAt())
                        || now.isLive()
                                && (!now.powerKw().equals(before.powerKw())
                                        || !now.soc().equals(before.soc())));
    }

    private LiveEvent event(String name, long revision, Object data) {
        return new LiveEvent(name, id, revision, clock.instant(), json.writeValueAsBytes(data));
    }
}
