/**
 * Demo mode: a simulated SteVe, demo accounts, and 60 days of history.
 *
 * <p>Owns: the demo's accounts, its plans and subscriptions, the seeding of cards and chargers, its epoch. Does not
 * own: the simulated cars and chargers (simulator), their import (sync, as from any SteVe). Invariants: none of this
 * exists outside the demo; a restart continues the same demo. Times: the epoch is the instant of the first start minus
 * the length of the history.
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
