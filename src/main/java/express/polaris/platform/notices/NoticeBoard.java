package express.polaris.platform.notices;

import express.polaris.platform.database.DatabaseSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Hears the notices of all nodes, this one's too, by PostgreSQL's LISTEN: one connection per node, outside the pool, on
 * a thread of its own. A broken connection is opened again, at once and then in growing intervals; afterwards all
 * listeners look at the rows, because they may have missed something.
 */
@Component
public class NoticeBoard implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(NoticeBoard.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** After this long without a notice the connection is tested: a network can drop it without a word. */
    private static final Duration QUIET = Duration.ofSeconds(10);

    private static final int TEST_SECONDS = 5;

    private final DatabaseSession database;
    private final Map<String, Listener> listeners = new ConcurrentHashMap<>();
    private volatile Optional<Thread> thread = Optional.empty();
    private volatile Optional<Connection> connection = Optional.empty();

    public NoticeBoard(DatabaseSession database) {
        this.database = database;
    }

    private record Listener(Consumer<String> noticed, Runnable missed) {}

    /**
     * Listens to a channel; to be called before the start. Both calls come on the board's thread, so they only hand the
     * work over.
     *
     * @param channel one listener each
     * @param noticed gets what the notice says: ids
     * @param missed called when notices may have been lost; the listener then reads the rows
     */
    public void listen(String channel, Consumer<String> noticed, Runnable missed) {
        if (listeners.putIfAbsent(channel, new Listener(noticed, missed)) != null) {
            throw new IllegalStateException("Channel " + channel + " has a listener already");
        }
    }

    @Override
    public void start() {
        thread = Optional.of(Thread.ofVirtual().name("notices").unstarted(this::run));
        thread.get().start();
    }

    @Override
    public void stop() {
        var stopped = thread;
        thread = Optional.empty();
        stopped.ifPresent(LockSupport::unpark);
        connection.ifPresent(NoticeBoard::abort);
    }

    @Override
    public boolean isRunning() {
        return thread.isPresent();
    }

    /** Starts before, and stops after, all that listens. */
    @Override
    public int getPhase() {
        return 0;
    }

    private void run() {
        var pause = FIRST_PAUSE;
        while (isMine()) {
            try (var opened = database.open()) {
                connection = Optional.of(opened);
                subscribe(opened);
                pause = FIRST_PAUSE;
                listeners.values().forEach(listener -> guarded(listener.missed()));
                hear(opened);
            } catch (SQLException e) {
                if (isMine()) {
                    log.warn("Lost the connection for notices, trying again: {}", e.getMessage());
                    LockSupport.parkNanos(pause.toNanos());
                    pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
                }
            } finally {
                connection = Optional.empty();
            }
        }
    }

    private boolean isMine() {
        return thread.equals(Optional.of(Thread.currentThread()));
    }

    private void subscribe(Connection opened) throws SQLException {
        try (var statement = opened.createStatement()) {
            for (var channel : listeners.keySet()) {
                statement.execute("listen " + channel);
            }
        }
    }

    private void hear(Connection opened) throws SQLException {
        var session = opened.unwrap(PGConnection.class);
        while (isMine()) {
            var notices = session.getNotifications(Math.toIntExact(QUIET.toMillis()));
            if (notices == null || notices.length == 0) {
                if (isMine() && !opened.isValid(TEST_SECONDS)) {
                    throw new SQLException("The connection for notices is broken");
                }
                continue;
            }
            for (var notice : notices) {
                Optional.ofNullable(listeners.get(notice.getName()))
                        .ifPresent(listener -> guarded(() -> listener.noticed().accept(notice.getParameter())));
            }
        }
    }

    /** A listener's fault is its own. */
    private static void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            log.error("A listener failed at a notice", e);
        }
    }

    private static void abort(Connection opened) {
        try {
            opened.abort(Runnable::run);
        } catch (SQLException e) {
            log.debug("The connection for notices was closed already", e);
        }
    }
}
