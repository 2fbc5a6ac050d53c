package express.polaris.console;

import java.util.Optional;

/** Why an operator does something, as a form sends it. */
final class Reasons {

    /** In code points. */
    static final int LONGEST = 500;

    private Reasons() {}

    /** Empty where there is none, or one that is too long. */
    static Optional<String> of(String typed) {
        var reason = typed.replace("\0", "").strip();
        return reason.isEmpty() || reason.codePointCount(0, reason.length()) > LONGEST
                ? Optional.empty()
                : Optional.of(reason);
    }
}
