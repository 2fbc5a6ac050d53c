package express.polaris.api.live;

import express.polaris.accounts.AccountId;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.DriverChange;
import express.polaris.sessions.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A driver's streams on this node, and the sessions that they read. One at a time, readers come and changes are sent,
 * under the lock of the driver: between what a reader gets first and what it gets next, nothing is lost, and nothing
 * comes twice. Drivers do not wait for each other.
 *
 * <p>A change is no more than a reason to look at the rows. The driver's version, read before them, says whether there
 * is anything to see: what changes meanwhile raises it again.
 */
final class DriverStreams {

    /** Completed sessions whose readers stay: a late reading is sent as such as long as the session is among them. */
    private static final int COMPLETED_KEPT = 4;

    /**
     * How far back is looked after notices were missed: a broken connection is noticed late, nodes' clocks differ, and a
     * transaction commits after its timestamp.
     */
    private static final Duration OVERLAP = Duration.ofMinutes(2);

    private final AccountId driver;
    private final LiveSessions sessions;

    /** All of them: also those that have got nothing yet. */
    private final Set<LiveStream> streams = ConcurrentHashMap.newKeySet();

    private final AtomicBoolean isDue = new AtomicBoolean();
    private final Changes changes = new Changes();

    private final ReentrantLock lock = new ReentrantLock();
    private final Set<LiveStream> readers = new LinkedHashSet<>();
    private final Map<SessionId, LiveTopic> topics = new LinkedHashMap<>();
    private volatile Instant complete;
    private volatile long version;

    DriverStreams(AccountId driver, LiveSessions sessions) {
        this.driver = driver;
        this.sessions = sessions;
        this.complete = sessions.now();
    }

    AccountId driver() {
        return driver;
    }

    Set<LiveStream> streams() {
        return streams;
    }

    /** From now on a change finds the stream's driver here; {@link #greet} follows. */
    void add(LiveStream stream) {
        streams.add(stream);
    }

    /**
     * @return whether no stream is left
     */
    boolean remove(LiveStream stream) {
        streams.remove(stream);
        return streams.isEmpty();
    }

    /** Notes a change. */
    void note(DriverChange change) {
        changes.add(change.sessions(), change.isPartial());
    }

    /** Notes that changes may have been missed. */
    void noteMissed() {
        changes.add(Set.of(), true);
    }

    /** Notes that time has passed. */
    void noteTime() {
        changes.add(Set.of(), false);
    }

    /**
     * Whether the rows have changed since they were last looked at.
     *
     * @param current the driver's version
     * @param now before the version was read
     */
    boolean hasMissed(long current, Instant now) {
        boolean outdated = version != current;
        if (!outdated) {
            complete = now;
        }
        return outdated;
    }

    /**
     * @return whether a look at the rows is to be started; false if one is on its way already
     */
    boolean becomesDue() {
        return isDue.compareAndSet(false, true);
    }

    /**
     * Sends the sessions' current state to a new reader, which gets all changes from then on.
     *
     * @param changedSince for a stream of all sessions: completed sessions that changed since then, too
     */
    void greet(LiveStream stream, Instant changedSince) {
        lock.lock();
        try {
            long current = sessions.version(driver);
            var now = sessions.now();
            if (readers.isEmpty()) {
                version = current;
            }
            var wanted = stream.session().map(List::of).orElseGet(() -> ofDriver(changedSince));
            tell(outdated(wanted, current, now), current, true);
            for (var id : wanted) {
                Optional.ofNullable(topics.get(id)).ifPresent(topic -> introduce(topic, stream));
            }
            if (stream.session().filter(id -> isOverOrGone(id)).isPresent()) {
                stream.endAfterwards();
            }
            readers.add(stream);
            // It may have ended meanwhile.
            readers.retainAll(streams);
            forgetWhatNobodyReads();
        } finally {
            lock.unlock();
        }
    }

    /** Looks at the rows and sends what has changed. */
    void renew() {
        lock.lock();
        try {
            isDue.set(false);
            readers.retainAll(streams);
            forgetWhatNobodyReads();
            var noted = changes.take();
            if (readers.isEmpty() || !noted.any()) {
                return;
            }
            try {
                renew(noted);
            } catch (RuntimeException e) {
                changes.add(noted.sessions(), true);
                throw e;
            }
        } finally {
            lock.unlock();
        }
    }

    private void renew(Changes.Noted noted) {
        long current = sessions.version(driver);
        var now = sessions.now();
        var known = topics.values().stream()
                .filter(topic -> !topic.isCompleted())
                .map(LiveTopic::id)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        noted.sessions().stream().filter(this::isRead).forEach(known::add);
        var concerned = new LinkedHashSet<SessionId>();
        if (noted.missed()) {
            if (readsAll()) {
                known.addAll(sessions.openOrChanged(driver, complete.minus(OVERLAP)));
            }
            concerned.addAll(topics.keySet());
            readers.forEach(reader -> concerned.addAll(reader.introduced()));
            complete = now;
        }
        concerned.addAll(known);
        tell(outdated(concerned, current, now), current, false);
        // A reader who came since may have brought one of them here.
        known.stream()
                .flatMap(id -> Optional.ofNullable(topics.get(id)).stream())
                .forEach(this::introduce);
        version = current;
        forgetWhatNobodyReads();
    }

    /** Whether a note has changed with time, or a price that could not be looked up is to be tried again. */
    boolean isOutdated(Instant now) {
        if (!lock.tryLock()) {
            return false;
        }
        try {
            return topics.values().stream().anyMatch(topic -> topic.isOutdated(now));
        } finally {
            lock.unlock();
        }
    }

    /** Those of these sessions that may differ from what was last sent. */
    private List<SessionId> outdated(Collection<SessionId> ids, long current, Instant now) {
        return ids.stream()
                .filter(id -> Optional.ofNullable(topics.get(id))
                        .filter(topic -> topic.isOf(current) && !topic.isOutdated(now))
                        .isEmpty())
                .toList();
    }

    private boolean isOverOrGone(SessionId id) {
        return Optional.ofNullable(topics.get(id)).map(LiveTopic::isCompleted).orElse(true);
    }

    private boolean isRead(SessionId id) {
        return readsAll() || topics.containsKey(id);
    }

    private boolean readsAll() {
        return readers.stream().anyMatch(reader -> reader.session().isEmpty());
    }

    /** Open and changed sessions, or else the latest one, so that every stream begins with a session if there is one. */
    private List<SessionId> ofDriver(Instant changedSince) {
        var open = sessions.openOrChanged(driver, changedSince);
        return open.isEmpty() ? sessions.latest(driver).stream().toList() : open;
    }

    /**
     * Sends these sessions' changes to their readers.
     *
     * @param isGreeting whether the caller sends the state of newly followed sessions itself, to a reader that has just come
     */
    private void tell(Collection<SessionId> ids, long current, boolean isGreeting) {
        var found = sessions.find(ids).stream().collect(Collectors.toMap(ChargingSession::id, Function.identity()));
        var timelines = sessions.timelineRevisions(ids);
        for (var id : ids) {
            var session = Optional.ofNullable(found.get(id))
                    .filter(row -> row.driver().equals(Optional.of(driver)));
            if (session.isEmpty()) {
                sayGone(id);
            } else if (topics.containsKey(id)) {
                var topic = topics.get(id);
                send(topic, topic.news(session.get(), current, timelines.getOrDefault(id, 0L)), true);
            } else {
                follow(id, current, isGreeting);
            }
        }
    }

    private void follow(SessionId id, long current, boolean isGreeting) {
        var state = sessions.state(id).filter(now -> now.session().driver().equals(Optional.of(driver)));
        if (state.isEmpty()) {
            sayGone(id);
            return;
        }
        var topic = new LiveTopic(state.get(), current, sessions);
        topics.put(id, topic);
        send(topic, stateOf(topic, state.get().session()), !isGreeting);
    }

    /** Of a session that was not followed: a reader that has seen it does not know what happened to its rows since. */
    private List<LiveEvent> stateOf(LiveTopic topic, ChargingSession session) {
        return List.of(sessions.timeline(topic.id(), session.revision() - 1), topic.snapshot());
    }

    /**
     * @param introducing whether readers who have not seen the session get its state
     */
    private void send(LiveTopic topic, List<LiveEvent> news, boolean introducing) {
        for (var reader : readersOf(topic.id())) {
            if (reader.session().isPresent() || reader.introduced().contains(topic.id())) {
                news.forEach(reader::send);
            } else if (introducing) {
                introduce(topic, reader);
            }
            if (reader.session().isPresent() && topic.isCompleted()) {
                reader.endAfterwards();
            }
        }
    }

    /** Sends the session's state to those who have not seen it. */
    private void introduce(LiveTopic topic) {
        readers.stream()
                .filter(reader ->
                        reader.session().isEmpty() && !reader.introduced().contains(topic.id()))
                .forEach(reader -> introduce(topic, reader));
    }

    /** A reader's first event of a session is the session's state. */
    private static void introduce(LiveTopic topic, LiveStream reader) {
        reader.send(topic.snapshot());
        reader.introduced().add(topic.id());
    }

    /** The session belongs to another driver or to nobody now; this driver's requests for it get 404. */
    private void sayGone(SessionId id) {
        Optional.ofNullable(topics.remove(id)).ifPresent(LiveTopic::close);
        var gone = sessions.timeline(id, 0);
        for (var reader : readersOf(id)) {
            if (reader.session().isPresent()) {
                reader.end();
            } else if (reader.introduced().remove(id)) {
                reader.send(gone);
            }
        }
    }

    private List<LiveStream> readersOf(SessionId id) {
        return readers.stream()
                .filter(reader -> reader.session().map(id::equals).orElse(true))
                .toList();
    }

    private void forgetWhatNobodyReads() {
        boolean all = readsAll();
        var single = readers.stream()
                .flatMap(reader -> reader.session().stream())
                .collect(Collectors.toCollection(HashSet::new));
        long completed = topics.values().stream().filter(LiveTopic::isCompleted).count();
        for (var topics = this.topics.values().iterator(); topics.hasNext(); ) {
            var topic = topics.next();
            boolean tooMany = topic.isCompleted() && completed > COMPLETED_KEPT;
            if (!single.contains(topic.id()) && (!all || tooMany)) {
                completed -= topic.isCompleted() ? 1 : 0;
                topic.close();
                topics.remove();
            }
        }
    }

    /** Changes that were noted and not looked at. */
    private static final class Changes {

        private Set<SessionId> sessions = new HashSet<>();
        private boolean missed;
        private boolean any;

        record Noted(Set<SessionId> sessions, boolean missed, boolean any) {}

        synchronized void add(Set<SessionId> more, boolean areMissed) {
            sessions.addAll(more);
            missed |= areMissed;
            any = true;
        }

        synchronized Noted take() {
            var noted = new Noted(sessions, missed, any);
            sessions = new HashSet<>();
            missed = false;
            any = false;
            return noted;
        }
    }
}
