package express.polaris.chargers;

/** What became of a wish to stop. */
public sealed interface StopResult {

    record Answered(CommandOutcome outcome) implements StopResult {}

    /** The transaction is not active at that charger any more. */
    record NotActive() implements StopResult {}

    /** SteVe gave no answer. */
    record SteveDown() implements StopResult {}
}
