package express.polaris.sync;

import express.polaris.steve.SteveUnavailable;
import express.polaris.steve.SteveUnavailable.Reason;
import java.util.Arrays;

/** How runs tell that SteVe gave no answer. */
final class SteveWords {

    /** How reasons begin that are over once SteVe answers again. */
    static final String NO_ANSWER = "SteVe gave no usable answer";

    static final String RESTS = "SteVe is not asked for a while";

    private SteveWords() {}

    static String of(SteveUnavailable e) {
        return e.reason() == Reason.CIRCUIT_OPEN
                ? RESTS + ": its last answers were not usable"
                : NO_ANSWER + " (" + e.reason() + "): " + e.getMessage();
    }

    /** Whether this reason of an error says that SteVe was away, rather than that one answer was of no use. */
    static boolean tellOfAnOutage(String reason) {
        return reason.startsWith(RESTS)
                || Arrays.stream(Reason.values())
                        .filter(SteveUnavailable::saysThatSteveIsAway)
                        .anyMatch(it -> reason.startsWith(NO_ANSWER + " (" + it + ")"));
    }
}
