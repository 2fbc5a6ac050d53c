package express.polaris.api.live;

import express.polaris.accounts.AccountId;
import express.polaris.api.live.LiveEvent.Timeline;
import express.polaris.billing.cost.PriceFailures;
import express.polaris.platform.database.Snapshot;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.DriverVersions;
import express.polaris.sessions.SessionFilter;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionRevisions;
import express.polaris.sessions.SessionService;
import express.polaris.sessions.SessionService.FirstEvents;
import express.polaris.sessions.SessionWatchers;
import express.polaris.sessions.SyncedTransactionEvent;
import express.polaris.units.Energy;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What streams read of sessions, and how they say it. */
@Component
class LiveSessions {

    private final SessionService sessions;
    private final SessionRevisions revisions;
    private final DriverVersions versions;
    private final SessionWatchers watchers;
    private final SessionJsonWriter writer;
    private final PriceFailures failures;
    private final Snapshot snapshot;
    private final JsonMapper mapper;
    private final Clock clock;

    LiveSessions(
            SessionService sessions,
            SessionRevisions revisions,
            DriverVersions versions,
            SessionWatchers watchers,
            SessionJsonWriter writer,
            PriceFailures failures,
            Snapshot snapshot,
            JsonMapper mapper,
            Clock clock) {
        this.sessions = sessions;
        this.revisions = revisions;
        this.versions = versions;
        this.watchers = watchers;
        this.writer = writer;
        this.failures = failures;
        this.snapshot = snapshot;
        this.mapper = mapper;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    /** Rises with whatever changes the driver's sessions or their prices. */
    long version(AccountId driver) {
        return versions.of(driver);
    }

    Map<AccountId, Long> versions(Collection<AccountId> drivers) {
        return versions.of(drivers);
    }

    List<ChargingSession> find(Collection<SessionId> ids) {
        return ids.isEmpty() ? List.of() : sessions.find(ids);
    }

    Map<SessionId, Long> timelineRevisions(Collection<SessionId> ids) {
        return ids.isEmpty() ? Map.of() : revisions.ofTimelines(ids);
    }

    /** Sessions that are not completed, or changed since then (portal clock); oldest first. */
    List<SessionId> openOrChanged(AccountId driver, Instant since) {
        return revisions.openOrChanged(driver, since);
    }

    Optional<SessionId> latest(AccountId driver) {
        return sessions.list(SessionFilter.of(driver), Optional.empty(), 1).sessions().stream()
                .map(ChargingSession::id)
                .findFirst();
    }

    List<SyncedTransactionEvent> events(SessionId id, int from, int limit) {
        return sessions.events(id, from, limit);
    }

    FirstEvents firstEvents(SessionId id, int before) {
        return sessions.firstEvents(id, before);
    }

    SessionJson json(ChargingSession session) {
        return writer.of(session);
    }

    SessionJsonWriter.WithReadings withReadings(
            ChargingSession session, List<SyncedTransactionEvent> events, Energy before) {
        return writer.withReadings(session, events, before);
    }

    /** A session, its cost and its events at one moment. */
    record State(ChargingSession session, SessionJson json, FirstEvents rows) {}

    Optional<State> state(SessionId id) {
        return snapshot.of(() -> sessions.find(id)
                .map(session -> new State(session, json(session), firstEvents(id, Integer.MAX_VALUE))));
    }

    /** Whether the session's price could not be looked up when it was last tried. */
    boolean priceFailed(SessionId id) {
        return failures.has(id);
    }

    /**
     * Has sync read the session as often as it changes.
     *
     * @return ends the watch
     */
    Runnable watch(SessionId id) {
        var watch = watchers.watch(id);
        return watch::close;
    }

    LiveEvent event(String name, long revision, Object data) {
        return new LiveEvent(name, revision, now(), mapper.writeValueAsBytes(data));
    }

    LiveEvent timeline(SessionId id, long revision) {
        return event(LiveEvent.TIMELINE, revision, new Timeline(id.value()));
    }
}
