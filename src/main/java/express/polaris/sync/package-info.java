/**
 * When SteVe is asked, and what is done with its answers.
 *
 * <p>Owns: discovery, the rhythm of reads, runs and their errors, the cursor. Does not own: SteVe's wire format (steve),
 * what readings mean (metering), what is stored of a session (sessions). Invariants: a session and sync's memory of it
 * change in one transaction; one bad transaction never stops the others; killing the process at any moment loses and
 * doubles nothing; every job is safe on several nodes.
 *
 * <p>Times: all ours, except the last reading's, which is the meter's.
 */
@ApplicationModule(
        allowedDependencies = {
            "units",
            "problems",
            "settings",
            "accounts",
            "steve",
            "metering",
            "sessions",
            "chargers",
            "cards"
        })
@NullMarked
package express.polaris.sync;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
