package express.polaris.api;

import express.polaris.billing.BillingOutcome;
import express.polaris.billing.BillingReason;
import express.polaris.billing.Fault;
import express.polaris.problems.Conflict;
import express.polaris.problems.InvalidInput;
import express.polaris.problems.NotFound;
import java.util.List;

/** What the module billing says, as answers of the API. */
final class Billing {

    private Billing() {}

    /** @throws express.polaris.problems.Refusal unless it was done */
    static <T> T done(BillingOutcome<T> outcome) {
        return switch (outcome) {
            case BillingOutcome.Done<T>(var result) -> result;
            case BillingOutcome.NotFound<T>() -> throw new NotFound();
            case BillingOutcome.Conflict<T>(var wording) -> throw new Conflict(sentence(wording.english()));
            case BillingOutcome.Invalid<T>(var faults) -> throw new InvalidInput(said(faults));
        };
    }

    static List<express.polaris.problems.Fault> said(List<Fault> faults) {
        return faults.stream()
                .map(fault -> new express.polaris.problems.Fault(fault.field(), sentence(fault.message())))
                .toList();
    }

    /** Where no driver was given, that is what is wrong. */
    static <T> BillingOutcome<T> withoutDriver(BillingOutcome<T> outcome) {
        if (outcome instanceof BillingOutcome.Invalid<T>(List<Fault> faults)) {
            return new BillingOutcome.Invalid<>(faults.stream()
                    .map(fault -> fault.field().equals("driverId")
                            ? new Fault(fault.field(), BillingReason.DRIVER_MISSING.with())
                            : fault)
                    .toList());
        }
        return outcome;
    }

    private static String sentence(String message) {
        return message.substring(0, 1).toUpperCase(java.util.Locale.ROOT)
                + message.substring(1)
                + (message.endsWith(".") ? "" : ".");
    }
}
