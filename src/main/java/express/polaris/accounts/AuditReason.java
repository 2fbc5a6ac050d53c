package express.polaris.accounts;

import express.polaris.platform.refusals.FaultCollector;
import express.polaris.platform.refusals.PlainText;

/** Reason for an operator's action, in the operator's words, as stored in the audit log. */
public final class AuditReason {

    /** In Unicode code points. */
    public static final int LONGEST = 500;

    private AuditReason() {}

    /** Returns the stripped text; adds a fault for {@code reason} if it is empty or too long. */
    public static String of(String given, FaultCollector faults) {
        var reason = given.replace("\0", "").strip();
        faults.require(
                !reason.isEmpty() && PlainText.length(reason) <= LONGEST, "reason", AccountReason.WHY.with(LONGEST));
        return reason;
    }
}
