package express.polaris.sessions.events;

import express.polaris.accounts.AccountId;
import express.polaris.units.Energy;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * An operator's decision about the energy of a session.
 *
 * @param energy the energy that counts
 * @param reason in the operator's words
 * @param decidedAt portal clock
 */
public record EnergyDecision(Use use, Energy energy, String reason, AccountId decidedBy, Instant decidedAt) {

    /** Which energy counts. */
    public enum Use {
        /** SteVe's energy: stop value − start value. */
        STEVE,
        /** The measured energy, along the path of the readings. */
        MEASURED,
        /** A value that the operator entered. */
        VALUE;

        /** Name in the database and in the API, e.g. {@code steve}. */
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
