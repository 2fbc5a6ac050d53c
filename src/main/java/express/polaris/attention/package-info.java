/**
 * What needs an operator's attention, and what of it an operator has seen.
 *
 * <p>Owns: which findings there are and in which order, {@code attention_seen}. Does not own: the findings themselves,
 * which the module that owns the data looks for (sessions, sync, billing, mail, accounts), nor their words, nor the pages
 * that mend them (console). Invariants: what can be mended stays until it is; what cannot can be marked as seen, by
 * somebody and in the audit log, and comes back only when there is something new about it. Times: what a finding is about
 * is timed by the meter or by sync, as its text says; who saw it when, by the server's clock.
 */
@ApplicationModule(
        allowedDependencies = {
            "units",
            "wording",
            "accounts",
            "cards",
            "chargers",
            "sessions",
            "sync",
            "billing",
            "mail"
        })
@NullMarked
package express.polaris.attention;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
