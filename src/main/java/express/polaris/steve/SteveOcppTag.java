package express.polaris.steve;

import java.time.Instant;
import java.util.Optional;

/**
 * OCPP tag of SteVe, with all fields of its update form.
 *
 * @param ocppTagPk SteVe's primary key
 * @param maxActiveTransactionCount 0 blocks the tag, -1 means no limit
 */
public record SteveOcppTag(
        long ocppTagPk,
        String idTag,
        Optional<String> parentIdTag,
        Optional<Instant> expiryDate,
        int maxActiveTransactionCount,
        int activeTransactionCount,
        Optional<String> note) {

    /** Derived from the count, as in SteVe. */
    public boolean blocked() {
        return maxActiveTransactionCount == 0;
    }

    /** Omits the idTag, a credential at the charger. */
    @Override
    public String toString() {
        return "SteveOcppTag[ocppTagPk=%d, maxActiveTransactionCount=%d]"
                .formatted(ocppTagPk, maxActiveTransactionCount);
    }
}
