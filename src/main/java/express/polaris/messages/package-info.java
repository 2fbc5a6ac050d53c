/**
 * Messages to people: mails and notifications.
 *
 * <p>Owns: two inner packages, {@code mail} and {@code notifications}; this package has no classes. Does not own: the
 * events reported. Times: server time.
 */
@ApplicationModule(
        allowedDependencies = {
            "units",
            "platform",
            "platform::*",
            "documents",
            "accounts",
            "accounts::*",
            "stations",
            "stations::*",
            "sessions",
            "sessions::*",
            "billing",
            "billing::*"
        })
@NullMarked
package express.polaris.messages;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
