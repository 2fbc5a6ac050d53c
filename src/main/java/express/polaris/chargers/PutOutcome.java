package express.polaris.chargers;

import express.polaris.wording.Wording;
import java.util.List;

/** What became of an operator's change to a charger. Unless it is {@link Stored}, nothing was changed. */
public sealed interface PutOutcome {

    /** @param created whether the charge box was not known before */
    record Stored(Charger charger, boolean created) implements PutOutcome {}

    /** Another charger has that public id. */
    record Conflict(Wording wording) implements PutOutcome {}

    /** All faults at once. */
    record Invalid(List<ChargerFault> faults) implements PutOutcome {
        public Invalid {
            faults = List.copyOf(faults);
        }
    }
}
