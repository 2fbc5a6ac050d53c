/**
 * Findings that need an operator's attention, and which of them were dismissed.
 *
 * <p>Owns: the kinds of findings, their order, {@code attention_seen}. Does not own: the search for a finding, which
 * is up to the module that owns the data; the text and link of a finding (web); the pages that resolve it (console).
 * Invariants: a finding that can be resolved stays until it is; any other can be dismissed, which is recorded in the
 * audit log, and reappears only when it changes. Times: a finding carries meter or sync time, as its kind says;
 * dismissals carry server time.
 */
@ApplicationModule(
        allowedDependencies = {
            "units",
            "platform",
            "platform::*",
            "accounts",
            "accounts::*",
            "stations",
            "stations::*",
            "sessions",
            "sessions::*",
            "sync",
            "billing",
            "billing::*",
            "messages",
            "messages::*"
        })
@NullMarked
package express.polaris.attention;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
