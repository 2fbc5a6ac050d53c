package express.polaris.live;

import express.polaris.accounts.AccountId;
import express.polaris.live.LiveEvent.Meter;
import express.polaris.live.LiveEvent.Timeline;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionStatus;
import express.polaris.sessions.SyncedTransactionEvent;
import express.polaris.units.Energy;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the readers of one session were told last. The news are the difference to that, so that it does not matter how
 * often, in which order or on which node it was heard that something changed. One thread alone uses it.
 */
final class LiveTopic {

    private final SessionId id;
    private final ApiSessions sessions;
    private final JsonMapper json;
    private final Clock clock;
    private ChargingSession known;
    private ApiSession told;
    private int rows;
    private int rowsHash;

    LiveTopic(
            ChargingSession session,
            List<SyncedTransactionEvent> timeline,
            ApiSessions sessions,
            JsonMapper json,
            Clock clock) {
        this.id = session.id();
        this.sessions = sessions;
        this.json = json;
        this.clock = clock;
        this.known = session;
        this.told = sessions.of(session);
        remember(timeline);
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

    /** What has changed beside the session's own revision: notes with time, prices with other sessions. */
    List<LiveEvent> news(ChargingSession session) {
        var now = sessions.of(session);
        var news = new ArrayList<LiveEvent>();
        addSession(now, session, news);
        known = session;
        told = now;
        return news;
    }

    /**
     * What has changed since the last time, in the order in which it is to be sent.
     *
     * @param timeline all events of the session, read after the session
     */
    List<LiveEvent> news(ChargingSession session, List<SyncedTransactionEvent> timeline) {
        var now = sessions.of(session);
        int kept = Math.min(rows, timeline.size());
        boolean earlierChanged = timeline.size() < rows || hash(timeline.subList(0, rows)) != rowsHash;
        var appended = timeline.subList(kept, timeline.size());
        var readings = sessions.readings(session, appended, sum(timeline.subList(0, kept)));
        // A reader that has the revision of the completed session is not connected again: only the session says it.
        long revision = session.status() == SessionStatus.COMPLETED
                ? Math.min(known.revision(), session.revision() - 1)
                : session.revision();
        var news = new ArrayList<LiveEvent>();
        if (earlierChanged) {
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
        remember(timeline);
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

    private void remember(List<SyncedTransactionEvent> timeline) {
        rows = timeline.size();
        rowsHash = hash(timeline);
    }

    private static Energy sum(List<SyncedTransactionEvent> events) {
        return events.stream().map(SyncedTransactionEvent::delta).reduce(Energy.ZERO, Energy::plus);
    }

    /** Of what a reader sees of the rows. */
    private static int hash(List<SyncedTransactionEvent> timeline) {
        int hash = 1;
        for (var event : timeline) {
            hash = 31 * hash
                    + Objects.hash(
                            event.measuredAt(),
                            event.delta(),
                            event.power(),
                            event.powerDerived(),
                            event.soc(),
                            event.flags(),
                            event.isFinal());
        }
        return hash;
    }

    private LiveEvent event(String name, long revision, Object data) {
        return new LiveEvent(name, id, revision, clock.instant(), json.writeValueAsBytes(data));
    }
}
