package express.polaris.platform.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Time by the database's clock. It is read every few seconds; in between, time goes on with {@link Uptime}. So all nodes
 * on one database agree on what is due, claimed or over, and a machine whose clock is wrong or is set changes nothing.
 * While the database is away, time goes on from the last reading.
 */
final class DatabaseTime implements InstantSource, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DatabaseTime.class);
    private static final Duration BETWEEN_READINGS = Duration.ofSeconds(5);

    /** Differences up to this, beyond what the answer took, are not worth a step. */
    private static final Duration PRECISION = Duration.ofMillis(50);

    /** From this difference on, somebody has set a clock. */
    private static final Duration SET = Duration.ofSeconds(2);

    private final JdbcClient jdbc;
    private final Uptime uptime;
    private final InstantSource machine;
    private final Consumer<ClockMoved> moved;

    /** When this process started, by the database's clock. */
    private volatile Instant start;

    private volatile Optional<Thread> reader = Optional.empty();

    /**
     * Reads the database's clock for the first time; if it cannot be read yet, begins with the machine's.
     *
     * @param moved told after the database's clock was set
     */
    DatabaseTime(JdbcClient jdbc, Uptime uptime, InstantSource machine, Consumer<ClockMoved> moved) {
        this.jdbc = jdbc;
        this.uptime = uptime;
        this.machine = machine;
        this.moved = moved;
        this.start = machine.instant().minus(uptime.now());
        correct()
                .filter(DatabaseTime::isSet)
                .ifPresent(
                        difference -> warn("This machine's clock differs from the database's", difference.negated()));
    }

    @Override
    public Instant instant() {
        return start.plus(uptime.now());
    }

    /** How far the machine's clock is ahead of the database's; negative if it is behind. */
    Duration machineAhead() {
        return Duration.between(instant(), machine.instant());
    }

    /** Reads the database's clock, and tells the listener if it was set. */
    void read() {
        correct().filter(DatabaseTime::isSet).map(ClockMoved::new).ifPresent(change -> {
            warn("The database's clock was set", change.by());
            moved.accept(change);
        });
    }

    /** Takes over the database's time; returns by how much this moved it. */
    private synchronized Optional<Duration> correct() {
        var asked = uptime.now();
        Instant told;
        try {
            told = jdbc.sql("select clock_timestamp()")
                    .query(OffsetDateTime.class)
                    .single()
                    .toInstant();
        } catch (DataAccessException e) {
            log.debug("Cannot read the database's clock; continuing from the last reading", e);
            return Optional.empty();
        }
        var took = uptime.now().minus(asked);
        var begun = told.minus(asked).minus(took.dividedBy(2));
        var difference = Duration.between(start, begun);
        if (difference.abs().compareTo(took.plus(PRECISION)) <= 0) {
            return Optional.empty();
        }
        start = begun;
        return Optional.of(difference);
    }

    private static void warn(String what, Duration by) {
        log.warn("{}, by {} s; the database's time counts", what, by.toSeconds());
    }

    private static boolean isSet(Duration difference) {
        return difference.abs().compareTo(SET) >= 0;
    }

    @Override
    public void start() {
        reader = Optional.of(Thread.ofVirtual().name("database-clock").start(this::keepReading));
    }

    @Override
    public void stop() {
        var stopped = reader;
        reader = Optional.empty();
        stopped.ifPresent(LockSupport::unpark);
    }

    @Override
    public boolean isRunning() {
        return reader.isPresent();
    }

    /** Starts first and stops last, since everything reads it. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }

    private void keepReading() {
        while (reader.filter(Thread.currentThread()::equals).isPresent()) {
            try {
                read();
            } catch (RuntimeException e) {
                log.warn("A listener failed after the clock was set", e);
            }
            LockSupport.parkNanos(BETWEEN_READINGS.toNanos());
        }
    }
}
