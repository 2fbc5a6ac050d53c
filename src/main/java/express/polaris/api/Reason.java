package express.polaris.api;

import express.polaris.problems.Faults;
import java.util.Optional;

/** Why an operator does something, for the audit log. */
final class Reason {

    private static final int LONGEST = 500;

    private Reason() {}

    static String of(Optional<String> given, Faults faults) {
        var reason = given.map(String::strip).orElse("");
        faults.require(
                !reason.isEmpty() && reason.codePointCount(0, reason.length()) <= LONGEST,
                "reason",
                "Say why, in 1 to " + LONGEST + " characters.");
        return reason;
    }
}
