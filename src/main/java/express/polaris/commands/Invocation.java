package express.polaris.commands;

import express.polaris.platform.settings.EffectiveSettings;
import express.polaris.platform.settings.Settings;
import java.io.PrintStream;
import java.util.List;
import org.springframework.core.env.PropertyResolver;

/**
 * What a command works with.
 *
 * @param arguments those after its name
 * @param properties everything that was given, also what Spring Boot offers, such as {@code server.port}
 * @param out what the command was asked for
 * @param err what is wrong
 */
record Invocation(
        List<String> arguments,
        EffectiveSettings effective,
        PropertyResolver properties,
        PrintStream out,
        PrintStream err) {

    Invocation {
        arguments = List.copyOf(arguments);
    }

    Settings settings() {
        return effective.settings();
    }

    /** Whether there are no arguments; if there are, it says so. */
    boolean hasNoArguments(String command) {
        if (!arguments.isEmpty()) {
            err.println(command + " has no arguments, but " + String.join(" ", arguments) + " was given");
        }
        return arguments.isEmpty();
    }
}
