package express.polaris.chargers;

import java.util.List;

/** What became of a wish to start. */
public sealed interface StartResult {

    /** The charger's outcome, or that of the same start within the last 60 seconds. */
    record Answered(CommandOutcome outcome) implements StartResult {}

    /** No such charger, or the card is not the driver's now. */
    record NotFound() implements StartResult {}

    /** The card is reported lost, or SteVe does not accept its idTag. */
    record CardNotEligible(String message) implements StartResult {}

    record Invalid(List<ChargerFault> faults) implements StartResult {
        public Invalid {
            faults = List.copyOf(faults);
        }
    }

    /** SteVe gave no answer; a repeated start is sent again. */
    record SteveDown() implements StartResult {}
}
