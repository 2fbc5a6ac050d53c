/**
 * The first run: a simulated SteVe, people to sign in as, and 60 days of history.
 *
 * <p>Owns: which accounts, cards and chargers the demo has, and when its time began. Does not own: how its cars charge
 * (simulator), what is imported from them (sync, as from any SteVe). Invariants: none of this exists outside the demo;
 * starting it again goes on where it was. Times: the demo's epoch is the instant of its first start less its history.
 */
@ApplicationModule(
        allowedDependencies = {
            "units",
            "problems",
            "settings",
            "simulator",
            "steve",
            "accounts",
            "cards",
            "chargers",
            "billing"
        })
@NullMarked
package express.polaris.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
