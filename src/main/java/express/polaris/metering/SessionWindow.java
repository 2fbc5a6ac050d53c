package express.polaris.metering;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The time in which a reading counts: from the start to the stop, both included, and not far ahead of now. */
final class SessionWindow {

    static final Duration TOLERATED_AHEAD = Duration.ofMinutes(5);

    private final MeteredTransaction transaction;
    private final Instant latest;
    private Optional<Instant> heldUntil = Optional.empty();

    SessionWindow(MeteredTransaction transaction, Instant now) {
        this.transaction = transaction;
        this.latest = now.plus(TOLERATED_AHEAD);
    }

    /** Why a reading of this time makes no event; empty when it may. */
    Optional<String> rejection(Instant at) {
        if (at.isBefore(transaction.startedAt())) {
            return Optional.of("before_start");
        }
        if (transaction.stop().isPresent()
                && at.isAfter(transaction.stop().get().at())) {
            return Optional.of("after_stop");
        }
        if (at.isAfter(latest)) {
            var usableFrom = at.minus(TOLERATED_AHEAD);
            heldUntil = Optional.of(
                    heldUntil.filter(earlier -> earlier.isBefore(usableFrom)).orElse(usableFrom));
            return Optional.of("held_until: " + usableFrom);
        }
        return Optional.empty();
    }

    /** The earliest instant at which a reading rejected as held counts. */
    Optional<Instant> heldUntil() {
        return heldUntil;
    }
}
