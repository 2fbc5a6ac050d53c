/**
 * Synchronization with SteVe: when it is asked, and how its answers are processed.
 *
 * <p>Owns: discovery, the rhythm of reads, runs and their errors, the cursor. Does not own: SteVe's wire format
 * (steve), the meaning of readings (metering), what is stored of a session (sessions). Invariants: a session and its
 * sync state change in one transaction; one bad transaction never stops the others; killing the process at any moment
 * loses and duplicates nothing; every job is safe on several nodes.
 *
 * <p>Times: the portal's, except those of readings, starts and stops, which are the station's.
 */
@ApplicationModule(
        allowedDependencies = {
            "units",
            "platform",
            "platform::*",
            "accounts",
            "accounts::*",
            "steve",
            "stations",
            "stations::*",
            "metering",
            "sessions",
            "sessions::*"
        })
@NullMarked
package express.polaris.sync;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
