/**
 * Demo mode: a simulated SteVe, demo accounts, and 100 days of history.
 *
 * <p>Owns: the demo's accounts, its plans and subscriptions, the seeding of cards and chargers, its epoch. Does not
 * own: the simulated cars and chargers ({@code demo.simulator}), their import (sync, as from any SteVe). Invariants:
 * none of this exists outside the demo; a restart continues the same demo. Times: the epoch is the instant of the
 * first start minus the length of the history.
 */
@ApplicationModule(
        allowedDependencies = {
            "units",
            "platform",
            "platform::*",
            "steve",
            "accounts",
            "accounts::*",
            "stations",
            "stations::*",
            "billing",
            "billing::*"
        })
@NullMarked
package express.polaris.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
