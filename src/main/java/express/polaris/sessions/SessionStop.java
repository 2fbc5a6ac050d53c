package express.polaris.sessions;

import express.polaris.units.Energy;
import java.time.Instant;
import java.util.Optional;

/**
 * What SteVe says of the end of a transaction.
 *
 * @param at by the station's clock
 * @param value the register at the end; empty when SteVe has none that can be read
 * @param reason OCPP 1.6, 7.36, e.g. {@code EVDisconnected}; stations may leave it out
 * @param actor {@code station} or {@code manual}
 */
public record SessionStop(Instant at, Optional<Energy> value, Optional<String> reason, Optional<String> actor) {

    /** SteVe set it itself, at an operator's command. */
    public boolean isManual() {
        return actor.filter("manual"::equals).isPresent();
    }
}
