package express.polaris.steve;

import java.time.Instant;
import java.util.Optional;

/**
 * An OCPP tag of SteVe with everything that its update form needs.
 *
 * @param ocppTagPk SteVe's primary key
 * @param maxActiveTransactionCount 0 blocks the tag, -1 means any number
 */
public record SteveOcppTag(
        long ocppTagPk,
        String idTag,
        Optional<String> parentIdTag,
        Optional<Instant> expiryDate,
        int maxActiveTransactionCount,
        int activeTransactionCount,
        Optional<String> note) {

    /** SteVe derives this from the count, and so do we. */
    public boolean blocked() {
        return maxActiveTransactionCount == 0;
    }

    /** Without the idTag, which is a credential at the charger. */
    @Override
    public String toString() {
        return "SteveOcppTag[ocppTagPk=%d, maxActiveTransactionCount=%d]"
                .formatted(ocppTagPk, maxActiveTransactionCount);
    }
}
