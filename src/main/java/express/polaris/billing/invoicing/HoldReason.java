package express.polaris.billing.invoicing;

import express.polaris.platform.refusals.Reason;
import java.util.Arrays;
import java.util.Optional;

/** Reasons why a due invoice is held. The names are stored: constants may be added but never renamed. */
public enum HoldReason implements Reason {
    NOT_COMPARED("SteVe's transactions have not been compared successfully since {0}"),
    SESSION_NOT_READ("Session {0} has not been read from SteVe since {1}"),
    PLAN_NOT_SUPPORTED("The price of plan {0} cannot be computed: {1}"),
    MARKET_PRICE_MISSING("A price of the series that plan {0} follows is missing: {1}"),
    /** Text that was stored without a reason. */
    WORDS("{0}");

    private final String english;

    HoldReason(String english) {
        this.english = english;
    }

    @Override
    public String english() {
        return english;
    }

    static Optional<HoldReason> named(String name) {
        return Arrays.stream(values())
                .filter(reason -> reason.name().equals(name))
                .findFirst();
    }
}
