/**
 * Commands of the command line, such as {@code polaris-express backup}.
 *
 * <p>Owns: which command the arguments name, its exit code, and what it prints. Does not own: the work itself, which is
 * that of the module behind the command. Invariants: a command needs no application context; what it was asked for goes
 * to standard output, faults go to standard error; the exit code is 0 if it succeeded, 1 if it failed, and 2 if
 * the arguments or settings are not valid. Times: printed in UTC.
 */
@ApplicationModule(
        allowedDependencies = {
            "units",
            "platform",
            "platform::*",
            "steve",
            "messages",
            "messages::*",
            "documents",
            "web::*"
        })
@NullMarked
package express.polaris.commands;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
