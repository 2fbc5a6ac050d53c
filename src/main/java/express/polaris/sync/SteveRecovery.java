package express.polaris.sync;

import express.polaris.platform.time.Uptime;
import express.polaris.sessions.events.SessionImport;
import express.polaris.steve.SteveCircuit;
import express.polaris.steve.SteveClient;
import express.polaris.steve.SteveProbe;
import express.polaris.steve.SteveRoute;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/**
 * Detects that SteVe answers again, and makes the reads of all live sessions due then, so that what was put off during
 * an outage does not wait longer.
 *
 * <p>While a route's circuit breaker is not closed, or its calls seem to go unanswered, SteVe is probed every two
 * seconds with a call of that route that names no existing transaction: calls that hang, or the breaker's trial call,
 * can take a minute to end. Only an answered probe after an unanswered one shows that SteVe is back: details that fail
 * for every existing transaction may well be answered for one that does not exist.
 */
@Component
class SteveRecovery {

    private static final int MOST_FAILING = 1_000;

    /** Unanswered probes in a row, while calls are sent, from which on SteVe counts as down and not as slow. */
    private static final int SURE = 2;

    private final SteveClient steve;
    private final SessionReader reader;
    private final SessionImport sessions;
    private final SyncReads reads;
    private final SyncPace pace;
    private final Uptime uptime;
    private final Map<SteveRoute, Route> routes = new EnumMap<>(SteveRoute.class);
    private final AtomicBoolean discoveryFailed = new AtomicBoolean();

    SteveRecovery(
            SteveClient steve,
            SteveProbe probe,
            SessionReader reader,
            SessionImport sessions,
            SyncReads reads,
            SyncPace pace,
            Uptime uptime) {
        this.steve = steve;
        this.reader = reader;
        this.sessions = sessions;
        this.reads = reads;
        this.pace = pace;
        this.uptime = uptime;
        routes.put(
                SteveRoute.LISTS,
                new Route(SteveRoute.LISTS, within -> probe.glance(within) instanceof SteveProbe.Glance.Answers));
        routes.put(SteveRoute.DETAILS, new Route(SteveRoute.DETAILS, probe::givesDetails));
    }

    /** Lists failed because SteVe is down. */
    void discoveryFailed() {
        discoveryFailed.set(true);
    }

    /**
     * Lists were received. If they failed before, the reads of the live sessions become due: once, whether this or the
     * circuit breaker of lists shows the recovery first.
     */
    void discoverySucceeded() {
        if (discoveryFailed.getAndSet(false)) {
            readLiveSoon();
        }
    }

    /** State of the circuit breaker for details. */
    SteveCircuit details() {
        return steve.circuit(SteveRoute.DETAILS);
    }

    /**
     * Checks the circuit breakers, and probes if it is time. Never waits for SteVe.
     *
     * @param calls runs what waits for SteVe
     * @param again runs when SteVe answers again
     */
    void look(Executor calls, Runnable again) {
        routes.values().forEach(route -> route.look(calls, again));
    }

    private void readLiveSoon() {
        reader.forgetHangingReads();
        sessions.readLiveSoon(reads.failing(MOST_FAILING));
    }

    /** Recovery of one route. */
    private final class Route {

        private final SteveRoute route;
        private final Predicate<Duration> probe;
        private final AtomicBoolean probing = new AtomicBoolean();
        private volatile boolean wasDown;

        /** Unanswered probes in a row. */
        private volatile int unanswered;

        private volatile Duration nextProbe = Duration.ZERO;

        Route(SteveRoute route, Predicate<Duration> probe) {
            this.route = route;
            this.probe = probe;
        }

        void look(Executor calls, Runnable again) {
            if (isOpen()) {
                if (wasDown) {
                    wasDown = false;
                    unanswered = 0;
                    if (route != SteveRoute.LISTS || discoveryFailed.getAndSet(false)) {
                        readLiveSoon();
                    }
                    again.run();
                }
                if (!steve.isInDoubt(route)) {
                    unanswered = 0;
                    return;
                }
            } else {
                wasDown = true;
            }
            if (uptime.now().compareTo(nextProbe) >= 0 && probing.compareAndSet(false, true)) {
                try {
                    calls.execute(() -> probe(again));
                } catch (RejectedExecutionException e) {
                    probing.set(false);
                    throw e;
                }
            }
        }

        private boolean isOpen() {
            return steve.circuit(route) == SteveCircuit.CLOSED;
        }

        private void probe(Runnable again) {
            try {
                boolean answered = probe.test(pace.probeAnswer());
                int before = unanswered;
                unanswered = answered ? 0 : before + 1;
                if (!answered) {
                    return;
                }
                if (!isOpen() && before > 0) {
                    steve.resume(route);
                    again.run();
                } else if (isOpen()) {
                    steve.endDoubt(route);
                    if (before >= SURE) {
                        readLiveSoon();
                        again.run();
                    }
                }
            } finally {
                nextProbe = uptime.now().plus(pace.betweenProbes());
                probing.set(false);
            }
        }
    }
}
