package express.polaris.billing;

import express.polaris.wording.Wording;
import java.util.List;

/** What became of a wish to change something. Unless it is {@link Done}, nothing was changed. */
public sealed interface BillingOutcome<T> {

    /** Done; what was made or changed, as it is now. */
    record Done<T>(T result) implements BillingOutcome<T> {}

    /** There is no such thing. */
    record NotFound<T>() implements BillingOutcome<T> {}

    /**
     * What is stored does not allow it.
     *
     * @param wording for operators: names what stands in the way, and what would be right
     */
    record Conflict<T>(Wording wording) implements BillingOutcome<T> {}

    /** All faults at once. */
    record Invalid<T>(List<Fault> faults) implements BillingOutcome<T> {
        public Invalid {
            faults = List.copyOf(faults);
        }
    }
}
