package express.polaris.demo.simulator;

import java.time.Instant;
import java.util.Optional;

/**
 * OCPP tag as SteVe stores it.
 *
 * @param maxActiveTransactionCount 0 blocks the tag, a negative number means no limit
 */
public record SimulatedTag(
        int pk,
        String idTag,
        Optional<String> parentIdTag,
        Optional<Instant> expiryDate,
        int maxActiveTransactionCount,
        Optional<String> note) {

    public boolean isBlocked() {
        return maxActiveTransactionCount == 0;
    }

    boolean isExpired(Instant now) {
        return expiryDate.filter(expiry -> !expiry.isAfter(now)).isPresent();
    }

    SimulatedTag expiringAt(Instant expiry) {
        return new SimulatedTag(pk, idTag, parentIdTag, Optional.of(expiry), maxActiveTransactionCount, note);
    }

    SimulatedTag withMaxActiveTransactionCount(int count) {
        return new SimulatedTag(pk, idTag, parentIdTag, expiryDate, count, note);
    }
}
