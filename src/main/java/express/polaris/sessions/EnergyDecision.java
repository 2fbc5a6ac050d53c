package express.polaris.sessions;

import express.polaris.accounts.AccountId;
import express.polaris.units.Energy;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What an operator decided about the energy of a session.
 *
 * @param energy what counts
 * @param reason in the operator's words
 * @param decidedAt by our clock
 */
public record EnergyDecision(Use use, Energy energy, String reason, AccountId decidedBy, Instant decidedAt) {

    /** Which number counts. */
    public enum Use {
        /** SteVe's: stop value − start value. */
        STEVE,
        /** The energy along the path of the readings. */
        MEASURED,
        /** A third one. */
        VALUE;

        /** The name in the database and in the API, e.g. {@code steve}. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Use> ofWireName(String wireName) {
            for (var use : values()) {
                if (use.wireName().equals(wireName)) {
                    return Optional.of(use);
                }
            }
            return Optional.empty();
        }
    }
}
