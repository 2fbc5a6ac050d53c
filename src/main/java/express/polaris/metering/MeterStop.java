package express.polaris.metering;

import express.polaris.units.Energy;
import java.time.Instant;
import java.util.Optional;

/**
 * The end of a transaction as SteVe has it.
 *
 * @param at by the station's clock; may lie in the future: a stop by hand can carry such a time
 * @param value the register at the stop; empty when it is missing or unreadable
 * @param reason OCPP 1.6, 7.36, e.g. {@code EVDisconnected}; stations may leave it out
 * @param actor {@code station} or {@code manual}
 */
public record MeterStop(Instant at, Optional<Energy> value, Optional<String> reason, Optional<String> actor) {

    /** SteVe set it itself, at an operator's command; the station may still be charging. */
    public boolean isManual() {
        return actor.filter("manual"::equals).isPresent();
    }
}
