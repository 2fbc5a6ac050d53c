package express.polaris.api.live;

import express.polaris.accounts.AccountAccessEnded;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.SignInEnded;
import express.polaris.accounts.SignedIn;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.DriverChange;
import express.polaris.sessions.SessionFilter;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionProgressed;
import express.polaris.sessions.SessionRevisions;
import express.polaris.sessions.SessionService;
import express.polaris.sessions.SessionStarted;
import express.polaris.sessions.SessionWatchers;
import express.polaris.sessions.SessionWatchers.Watch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends changes of sessions to the connected readers. One thread does all the work, connecting readers included, so no
 * change is lost between a stream's first event and the next. This node's changes arrive as events at once, other nodes'
 * changes as notices; a look at the rows every ten seconds finds what no notice told.
 */
@Component
class LiveFeed implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(LiveFeed.class);
    /** Overlap of successive looks: nodes' clocks differ, and a transaction commits a little after its timestamp. */
    private static final Duration OVERLAP = Duration.ofSeconds(30);
    /** Ends streams before the web server waits for running requests. */
    private static final int BEFORE_THE_WEB_SERVER = Integer.MAX_VALUE - 512;

    private final SessionService sessions;
    private final SessionRevisions revisions;
    private final SessionWatchers watchers;
    private final SessionJsonWriter json;
    private final JsonMapper mapper;
    private final LiveLimits limits;
    private final Clock clock;

    private final Set<LiveStream> streams = ConcurrentHashMap.newKeySet();
    private final Map<SessionId, LiveTopic> topics = new HashMap<>();
    private final Map<SessionId, Watch> watches = new HashMap<>();
    private volatile Optional<ScheduledExecutorService> thread = Optional.empty();

    LiveFeed(
            SessionService sessions,
            SessionRevisions revisions,
            SessionWatchers watchers,
            SessionJsonWriter json,
            JsonMapper mapper,
            LiveLimits limits,
            Clock clock) {
        this.sessions = sessions;
        this.revisions = revisions;
        this.watchers = watchers;
        this.json = json;
        this.mapper = mapper;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Connects a reader and sends the sessions' current state first. Ends with {@link #close}.
     *
     * @param changedSince for a stream of all sessions: also sends completed sessions that changed since then
     */
    void open(LiveStream stream, Instant changedSince) {
        streams.add(stream);
        closeOldest(stream.account());
        run(() -> connect(stream, changedSince));
        if (!isRunning()) {
            stream.end();
        }
    }

    void close(LiveStream stream) {
        stream.end();
        streams.remove(stream);
        run(this::forgetWhatNobodyReads);
    }

    int openStreams() {
        return streams.size();
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(SessionStarted event) {
        changed(event.id(), Optional.empty());
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(SessionProgressed event) {
        changed(event.id(), Optional.of(event));
    }

    /** A driver's sessions or prices have changed, on any node. */
    void on(DriverChange change) {
        if (streams.stream().noneMatch(stream -> stream.account().equals(change.driver()))) {
            return;
        }
        run(() -> {
            change.sessions().forEach(this::tell);
            liveTopicsOf(change.driver()).forEach(this::tell);
        });
        if (change.isPartial()) {
            run(this::look);
        }
    }

    /** Notices may have been missed. */
    void lookNow() {
        run(this::look);
    }

    /** Ends the streams of this account's sign-ins that are over. */
    void endIfOver(AccountId person, Predicate<SignedIn> holds) {
        streams.stream()
                .filter(stream -> stream.reader().person().id().equals(person))
                .filter(stream -> !holds.test(stream.reader()))
                .forEach(LiveStream::end);
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(AccountAccessEnded event) {
        streams.stream()
                .filter(stream -> stream.account().equals(event.account())
                        || stream.reader().person().id().equals(event.account()))
                .forEach(LiveStream::end);
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(SignInEnded event) {
        streams.stream()
                .filter(stream -> stream.reader().signIn().equals(event.signIn()))
                .forEach(LiveStream::end);
    }

    @Override
    public void start() {
        var started = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("live").factory());
        thread = Optional.of(started);
        repeat(started, this::look, limits.look());
        repeat(started, this::heartbeat, limits.heartbeat());
    }

    @Override
    public void stop() {
        var stopped = thread;
        thread = Optional.empty();
        // Lets running tasks finish: an interrupt would break their database connection.
        stopped.ifPresent(ScheduledExecutorService::shutdown);
        streams.forEach(LiveStream::end);
    }

    @Override
    public boolean isRunning() {
        return thread.isPresent();
    }

    @Override
    public int getPhase() {
        return BEFORE_THE_WEB_SERVER;
    }

    private void changed(SessionId id, Optional<SessionProgressed> change) {
        if (!streams.isEmpty()) {
            run(() -> renew(id, change));
        }
    }

    private void connect(LiveStream stream, Instant changedSince) {
        var wanted = stream.session().map(List::of).orElseGet(() -> ofDriver(stream.account(), changedSince));
        for (var id : wanted) {
            tell(id);
            Optional.ofNullable(topics.get(id))
                    .filter(topic -> topic.driver().equals(Optional.of(stream.account())))
                    .ifPresentOrElse(
                            topic -> greet(stream, topic),
                            () -> stream.session().ifPresent(gone -> stream.endAfterwards()));
        }
        stream.greeted();
        watchWhatIsRead();
    }

    /** Sends the current state; later events are newer than that. */
    private static void greet(LiveStream stream, LiveTopic topic) {
        stream.send(topic.snapshot());
        if (stream.session().isPresent() && topic.isCompleted()) {
            stream.endAfterwards();
        }
    }

    /**
     * Open and changed sessions, or else the latest one, so that every stream begins with a session if there is one.
     */
    private List<SessionId> ofDriver(AccountId driver, Instant changedSince) {
        var open = revisions.openOrChanged(driver, changedSince);
        return open.isEmpty()
                ? sessions.list(SessionFilter.of(driver), Optional.empty(), 1).sessions().stream()
                        .map(session -> session.id())
                        .toList()
                : open;
    }

    /**
     * Sends the session's changes, and those of the driver's other live sessions, whose price may have moved with it.
     */
    private void renew(SessionId id, Optional<SessionProgressed> change) {
        var changed = sessions.find(id);
        changed.ifPresent(session -> tell(session, change));
        changed.flatMap(ChargingSession::driver)
                .ifPresent(driver -> liveTopicsOf(driver).stream()
                        .filter(other -> !other.equals(id))
                        .forEach(this::tell));
    }

    private List<SessionId> liveTopicsOf(AccountId driver) {
        return topics.values().stream()
                .filter(topic -> !topic.isCompleted())
                .filter(topic -> topic.driver().equals(Optional.of(driver)))
                .map(LiveTopic::id)
                .toList();
    }

    private void tell(SessionId id) {
        sessions.find(id).ifPresent(session -> tell(session, Optional.empty()));
    }

    /** Sends the session's changes, if it has readers. */
    private void tell(ChargingSession session, Optional<SessionProgressed> change) {
        var id = session.id();
        if (!isRead(id, session.driver())) {
            return;
        }
        boolean known = topics.containsKey(id);
        var topic = topics.computeIfAbsent(id, absent -> new LiveTopic(session, sessions, json, mapper, clock));
        var news = known ? topic.news(session, change) : List.of(topic.snapshot());
        for (var stream : readersOf(topic)) {
            news.forEach(stream::send);
            if (stream.session().isPresent() && topic.isCompleted()) {
                stream.endAfterwards();
            }
        }
        streams.stream()
                .filter(stream -> stream.session().equals(Optional.of(id)))
                .filter(stream -> !session.driver().equals(Optional.of(stream.account())))
                .forEach(LiveStream::end);
        watchWhatIsRead();
    }

    private boolean isRead(SessionId id, Optional<AccountId> driver) {
        return streams.stream()
                .anyMatch(stream ->
                        stream.session().map(id::equals).orElseGet(() -> driver.equals(Optional.of(stream.account()))));
    }

    private List<LiveStream> readersOf(LiveTopic topic) {
        return streams.stream()
                .filter(LiveStream::isGreeted)
                .filter(stream -> topic.driver().equals(Optional.of(stream.account())))
                .filter(stream -> stream.session().map(topic.id()::equals).orElse(true))
                .toList();
    }

    /** Finds changes of other nodes, and notes that changed with time. */
    private void look() {
        if (streams.isEmpty()) {
            return;
        }
        var now = clock.instant();
        var drivers = streams.stream()
                .filter(stream -> stream.session().isEmpty())
                .map(LiveStream::account)
                .collect(Collectors.toSet());
        revisions.of(topics.keySet(), drivers, now.minus(OVERLAP)).stream()
                .filter(current -> Optional.ofNullable(topics.get(current.id()))
                        .map(topic -> topic.revision() != current.revision())
                        .orElse(true))
                .forEach(current -> renew(current.id(), Optional.empty()));
        topics.values().stream()
                .filter(topic -> topic.noteIsOutdated(now))
                .map(LiveTopic::id)
                .toList()
                .forEach(this::tell);
    }

    /**
     * Sends heartbeats, and price changes that do not change the session: a plan, an invoice, an operator's decision.
     */
    private void heartbeat() {
        streams.forEach(LiveStream::heartbeat);
        topics.values().stream()
                .filter(topic -> !topic.isCompleted())
                .map(LiveTopic::id)
                .toList()
                .forEach(this::tell);
        forgetWhatNobodyReads();
    }

    private void forgetWhatNobodyReads() {
        topics.values().removeIf(topic -> readersOf(topic).isEmpty());
        watchWhatIsRead();
    }

    private void watchWhatIsRead() {
        for (var topic : topics.values()) {
            if (!topic.isCompleted()) {
                watches.computeIfAbsent(topic.id(), watchers::watch);
            }
        }
        watches.entrySet().removeIf(watch -> {
            boolean over = Optional.ofNullable(topics.get(watch.getKey()))
                    .map(LiveTopic::isCompleted)
                    .orElse(true);
            if (over) {
                watch.getValue().close();
            }
            return over;
        });
    }

    private void closeOldest(AccountId account) {
        var own = streams.stream()
                .filter(stream -> stream.account().equals(account))
                .sorted(Comparator.comparingLong(LiveStream::number))
                .toList();
        own.stream().limit(Math.max(0, own.size() - limits.streamsPerAccount())).forEach(LiveStream::end);
    }

    private void repeat(ScheduledExecutorService executor, Runnable task, Duration interval) {
        executor.scheduleWithFixedDelay(
                () -> guarded(task), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void run(Runnable task) {
        thread.ifPresent(executor -> {
            try {
                executor.execute(() -> guarded(task));
            } catch (RejectedExecutionException e) {
                log.debug("Streams ended", e);
            }
        });
    }

    /** Keeps the feed running when a task fails, e.g. during a database outage. */
    private void guarded(Runnable task) {
        if (!isRunning()) {
            return;
        }
        try {
            task.run();
        } catch (RuntimeException e) {
            if (isRunning()) {
                log.warn("A step of the live streams failed; the next one catches up", e);
            }
        }
    }
}
