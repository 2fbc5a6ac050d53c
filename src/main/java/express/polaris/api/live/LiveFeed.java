package express.polaris.api.live;

import express.polaris.accounts.AccessChecks;
import express.polaris.accounts.AccountAccessEnded;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.SignInEnded;
import express.polaris.accounts.SignedIn;
import express.polaris.platform.refusals.Unavailable;
import express.polaris.sessions.DriverChange;
import express.polaris.sessions.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * This node's streams: by driver, for changes, and by who reads, for the end of their access. Greeting a reader is the
 * work of its own request, sending changes that of a thread per driver and change, heartbeats that of a timer; the first
 * two use a few database connections each.
 */
@Component
class LiveFeed implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(LiveFeed.class);

    /** Ends streams before the web server waits for running requests. */
    private static final int BEFORE_THE_WEB_SERVER = Integer.MAX_VALUE - 512;

    /** Database connections for readers who come, and as many for changes: together less than half of the pool. */
    private static final int CONNECTIONS = 4;

    /** How long a reader waits for its turn to be greeted, as when all come back after a restart. */
    private static final Duration LONGEST_QUEUE = Duration.ofSeconds(20);

    private final LiveSessions sessions;
    private final AccessChecks access;
    private final LiveLimits limits;
    private final LiveCounts counts;

    private final Set<LiveStream> streams = ConcurrentHashMap.newKeySet();
    private final Map<AccountId, DriverStreams> drivers = new ConcurrentHashMap<>();
    private final Map<AccountId, Set<LiveStream>> people = new ConcurrentHashMap<>();
    private final Semaphore greetings = new Semaphore(CONNECTIONS);
    private final Semaphore renewals = new Semaphore(CONNECTIONS);
    private final AtomicBoolean looking = new AtomicBoolean();

    /** An outage is logged once. */
    private final AtomicBoolean failing = new AtomicBoolean();

    private volatile Optional<LiveTimer> timer = Optional.empty();

    LiveFeed(LiveSessions sessions, AccessChecks access, LiveLimits limits, LiveCounts counts) {
        this.sessions = sessions;
        this.access = access;
        this.limits = limits;
        this.counts = counts;
    }

    /**
     * Opens a stream that has the sessions' current state to send; it begins when it is connected.
     *
     * @param session empty for all the reader's sessions
     * @param changedSince for a stream of all sessions: also sends completed sessions that changed since then
     * @throws Unavailable while the node stops, and beyond its or the account's number of streams
     */
    LiveStream open(SignedIn reader, Optional<SessionId> session, Instant changedSince) {
        if (!isRunning()) {
            throw new Unavailable(LiveReason.ENDING.with());
        }
        if (streams.size() >= limits.streams()) {
            counts.countRefused();
            throw new Unavailable(LiveReason.TOO_MANY_STREAMS.with());
        }
        var stream = new LiveStream(reader, session, limits, this::close);
        var driver = register(stream);
        try {
            greet(stream, driver, changedSince);
        } catch (RuntimeException e) {
            stream.end();
            throw e;
        }
        if (!isRunning()) {
            stream.end();
        }
        counts.countOpened();
        return stream;
    }

    private void greet(LiveStream stream, DriverStreams driver, Instant changedSince) {
        if (people.getOrDefault(stream.person(), Set.of()).size() > limits.streamsPerAccount()) {
            counts.countRefused();
            throw new Unavailable(LiveReason.TOO_MANY_OF_ACCOUNT.with(limits.streamsPerAccount()));
        }
        if (!acquired(greetings)) {
            counts.countRefused();
            throw new Unavailable(LiveReason.TOO_MANY_STREAMS.with());
        }
        try {
            driver.greet(stream, changedSince);
        } finally {
            greetings.release();
        }
        stream.awaitConnection();
    }

    private static boolean acquired(Semaphore permits) {
        try {
            return permits.tryAcquire(LONGEST_QUEUE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private DriverStreams register(LiveStream stream) {
        streams.add(stream);
        people.compute(stream.person(), (person, own) -> {
            var all = own == null ? ConcurrentHashMap.<LiveStream>newKeySet() : own;
            all.add(stream);
            return all;
        });
        return drivers.compute(stream.account(), (account, known) -> {
            var driver = known == null ? new DriverStreams(account, sessions) : known;
            driver.add(stream);
            return driver;
        });
    }

    private void close(LiveStream stream, LiveStream.End how) {
        counts.countEnded(how);
        streams.remove(stream);
        people.computeIfPresent(stream.person(), (person, own) -> {
            own.remove(stream);
            return own.isEmpty() ? null : own;
        });
        drivers.computeIfPresent(stream.account(), (account, driver) -> {
            boolean isLast = driver.remove(stream);
            // What only this one has read is read no more.
            renew(driver);
            return isLast ? null : driver;
        });
    }

    int openStreams() {
        return streams.size();
    }

    /** Drivers whose sessions are read. */
    Set<AccountId> readDrivers() {
        return Set.copyOf(drivers.keySet());
    }

    /** A driver's sessions or prices have changed, on any node. */
    void on(DriverChange change) {
        Optional.ofNullable(drivers.get(change.driver())).ifPresent(driver -> {
            driver.note(change);
            renew(driver);
        });
    }

    /** Reads the rows of all drivers again, because notices may have been lost. */
    void missed() {
        for (var driver : drivers.values()) {
            driver.noteMissed();
            renew(driver);
        }
    }

    /** Compares the drivers' versions with the rows, and notes with the time. */
    void look() {
        if (drivers.isEmpty() || !looking.compareAndSet(false, true)) {
            return;
        }
        run(() -> {
            try {
                var now = sessions.now();
                var versions = sessions.versions(drivers.keySet());
                for (var driver : drivers.values()) {
                    if (driver.hasMissed(versions.getOrDefault(driver.driver(), 0L), now)) {
                        driver.noteMissed();
                        renew(driver);
                    } else if (driver.isOutdated(now)) {
                        driver.noteTime();
                        renew(driver);
                    }
                }
            } finally {
                looking.set(false);
            }
        });
    }

    private void renew(DriverStreams driver) {
        if (isRunning() && driver.becomesDue()) {
            run(() -> {
                renewals.acquireUninterruptibly();
                try {
                    driver.renew();
                } finally {
                    renewals.release();
                }
            });
        }
    }

    /** Some of this account's sign-ins have ended, on any node. */
    void accessEnded(AccountId person) {
        endIfOver(people.getOrDefault(person, Set.of()));
    }

    /** Ends those of these streams whose sign-in is over. */
    void endIfOver(Collection<LiveStream> some) {
        var all = List.copyOf(some);
        if (!all.isEmpty()) {
            run(() -> {
                var over = access.over(all.stream().map(LiveStream::reader).toList());
                all.stream().filter(stream -> over.contains(stream.reader())).forEach(LiveStream::end);
            });
        }
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(AccountAccessEnded event) {
        streamsOf(event.account()).forEach(LiveStream::end);
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(SignInEnded event) {
        streamsOf(event.account()).stream()
                .filter(stream -> stream.reader().signIn().equals(event.signIn()))
                .forEach(LiveStream::end);
    }

    /** The account's own streams, and those of operators who view its portal. */
    private List<LiveStream> streamsOf(AccountId account) {
        var own = people.getOrDefault(account, Set.of()).stream();
        var read = Optional.ofNullable(drivers.get(account)).stream().flatMap(driver -> driver.streams().stream());
        return Stream.concat(own, read).distinct().toList();
    }

    @Override
    public void start() {
        timer = Optional.of(LiveTimer.start(limits, streams, this::look, this::endIfOver));
    }

    @Override
    public void stop() {
        var stopped = timer;
        timer = Optional.empty();
        stopped.ifPresent(LiveTimer::stop);
        streams.forEach(LiveStream::end);
    }

    @Override
    public boolean isRunning() {
        return timer.isPresent();
    }

    @Override
    public int getPhase() {
        return BEFORE_THE_WEB_SERVER;
    }

    /** Keeps the streams going when a task fails, e.g. during a database outage: a later one catches up. */
    private void run(Runnable task) {
        Thread.ofVirtual().name("live").start(() -> {
            try {
                task.run();
                failing.set(false);
            } catch (RuntimeException e) {
                if (isRunning() && failing.compareAndSet(false, true)) {
                    log.warn("A step of the live streams failed; the next ones try again", e);
                }
            }
        });
    }
}
