package express.polaris.metering;

import express.polaris.units.Energy;
import java.time.Instant;
import java.util.Optional;

/**
 * End of a transaction as SteVe reports it.
 *
 * @param at by the station's clock; may be in the future, because a manual stop can carry such a time
 * @param value register at the stop; empty if missing or unreadable
 * @param reason OCPP 1.6, 7.36, e.g. {@code EVDisconnected}; stations may leave it out
 * @param actor {@code station} or {@code manual}
 */
public record MeterStop(Instant at, Optional<Energy> value, Optional<String> reason, Optional<String> actor) {

    /** Whether SteVe set the stop itself, at an operator's command; the car may still be charging. */
    public boolean isManual() {
        return actor.filter("manual"::equals).isPresent();
    }
}
