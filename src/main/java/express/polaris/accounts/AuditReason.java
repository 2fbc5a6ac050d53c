package express.polaris.accounts;

import express.polaris.platform.refusals.FaultCollector;
import express.polaris.platform.refusals.PlainText;

/** Why an operator does something, in the operator's words, as the audit log keeps it. */
public final class AuditReason {

    /** In code points. */
    public static final int LONGEST = 500;

    private AuditReason() {}

    /** The words without spaces at their ends; a fault of {@code reason} where they are missing or too long. */
    public static String of(String given, FaultCollector faults) {
        var reason = given.replace("\0", "").strip();
        faults.require(
                !reason.isEmpty() && PlainText.length(reason) <= LONGEST, "reason", AccountReason.WHY.with(LONGEST));
        return reason;
    }
}
