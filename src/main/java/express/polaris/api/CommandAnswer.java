package express.polaris.api;

import express.polaris.stations.chargers.CommandOutcome;
import java.util.Locale;

/**
 * Result of a command.
 *
 * @param outcome {@code accepted}, {@code rejected}, {@code unreachable} or {@code timeout}
 */
record CommandAnswer(String outcome, String message) {

    static CommandAnswer of(CommandOutcome outcome) {
        return new CommandAnswer(outcome.kind().name().toLowerCase(Locale.ROOT), outcome.message());
    }
}
