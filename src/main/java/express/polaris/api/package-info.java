/**
 * JSON API, version 1.
 *
 * <p>Owns: the API's calls, JSON conventions, the parameters that a call accepts. Does not own: what the calls do
 * (each module), access control (accounts), the form of errors (platform). Invariants: decimals are strings, instants
 * ISO-8601 in UTC; an unknown parameter or field is rejected, never ignored. Times: instants; days are in the caller's
 * time zone.
 */
@ApplicationModule(
        allowedDependencies = {
            "units",
            "platform",
            "platform::*",
            "metering",
            "accounts",
            "accounts::*",
            "stations",
            "stations::*",
            "sessions",
            "sessions::*",
            "sync",
            "billing",
            "billing::*",
            "documents",
            "messages",
            "messages::*",
            "attention",
            "steve",
            "web",
            "web::*"
        })
@NullMarked
package express.polaris.api;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
