package express.polaris.platform.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Time on a node whose machine has a wrong clock. */
public final class NodeTime {

    private final long start = System.nanoTime();
    private final List<ClockMoved> moves = new CopyOnWriteArrayList<>();
    private final List<Consumer<ClockMoved>> listeners = new CopyOnWriteArrayList<>();
    private final DatabaseTime time;

    /**
     * @param machineAhead how far the machine's clock is ahead; negative if it is behind
     */
    public NodeTime(DataSource database, Duration machineAhead) {
        this.time = new DatabaseTime(
                JdbcClient.create(database),
                () -> Duration.ofNanos(System.nanoTime() - start),
                Clock.offset(Clock.systemUTC(), machineAhead),
                this::moved);
    }

    private void moved(ClockMoved event) {
        moves.add(event);
        listeners.forEach(listener -> listener.accept(event));
    }

    /** Passes the events on, as the application does. */
    public void onMove(Consumer<ClockMoved> listener) {
        listeners.add(listener);
    }

    /** The node's clock. */
    public Clock clock() {
        return time.withZone(ZoneOffset.UTC);
    }

    /** Reads the database's clock, as the node does every few seconds. */
    public void read() {
        time.read();
    }

    Instant now() {
        return time.instant();
    }

    Duration machineAhead() {
        return time.machineAhead();
    }

    List<ClockMoved> moves() {
        return new ArrayList<>(moves);
    }
}
