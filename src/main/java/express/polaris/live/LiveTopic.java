package express.polaris.live;

import express.polaris.accounts.AccountId;
import express.polaris.live.LiveEvent.Meter;
import express.polaris.live.LiveEvent.Timeline;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionStatus;
import express.polaris.sessions.Sessions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the readers of one session were told last. The news are the difference to that, so that it does not matter how
 * often, in which order or on which node it was heard that something changed. One thread alone uses it.
 */
final class LiveTopic {

    /** With more changed rows than this, a page reads the whole timeline again. */
    private static final int MOST_READINGS = 200;

    private final SessionId id;
    private final Sessions events;
    private final ApiSessions sessions;
    private final JsonMapper json;
    private final Clock clock;
    private ChargingSession known;
    private ApiSession told;
    private Sessions.Digest rows;

    LiveTopic(ChargingSession session, Sessions events, ApiSessions sessions, JsonMapper json, Clock clock) {
        this.id = session.id();
        this.events = events;
        this.sessions = sessions;
        this.json = json;
        this.clock = clock;
        this.known = session;
        this.told = sessions.of(session);
        this.rows = events.digest(id, Integer.MAX_VALUE);
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

    /** Whether the note that was told is another one by now: it can change with time alone. */
    boolean noteIsOutdated(Instant now) {
        return !known.note(now).map(note -> note.wireName()).equals(told.note());
    }

    /** The session as of now. */
    LiveEvent snapshot() {
        return event(LiveEvent.SESSION, known.revision(), sessions.of(known));
    }

    /** What has changed since the last time, in the order in which it is to be sent. */
    List<LiveEvent> news(ChargingSession session) {
        return session.revision() == known.revision() ? newsBesideRevision(session) : newsOfRevision(session);
    }

    /** Notes change with time, prices with other sessions. */
    private List<LiveEvent> newsBesideRevision(ChargingSession session) {
        var now = sessions.of(session);
        var news = new ArrayList<LiveEvent>();
        addSession(now, session, news);
        known = session;
        told = now;
        return news;
    }

    private List<LiveEvent> newsOfRevision(ChargingSession session) {
        var now = sessions.of(session);
        var kept = events.digest(id, rows.events());
        var appended = events.events(id, rows.events(), MOST_READINGS + 1);
        boolean toBeFetched = !kept.equals(rows) || appended.size() > MOST_READINGS;
        var readings = appended.size() > MOST_READINGS
                ? List.<ApiReading>of()
                : sessions.readings(session, appended, kept.energy());
        // A reader that has the revision of the completed session is not connected again: only the session says it.
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
        rows = appended.isEmpty() ? kept : events.digest(id, Integer.MAX_VALUE);
        return news;
    }

    private void addSession(ApiSession now, ChargingSession session, List<LiveEvent> news) {
        if (!now.withoutWhatMovesByItself().equals(told.withoutWhatMovesByItself())) {
            news.add(event(LiveEvent.SESSION, session.revision(), now));
        }
    }

    private static boolean isNewerReading(ApiSession before, ApiSession now) {
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
