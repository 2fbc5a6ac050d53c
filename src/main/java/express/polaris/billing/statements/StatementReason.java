package express.polaris.billing.statements;

import express.polaris.platform.refusals.Reason;

/** Reasons to refuse terms of reimbursement. */
public enum StatementReason implements Reason {
    TEXT("Must be a text of at most {0} characters."),
    EMAIL("Must be an e-mail address like accounts@example.com."),
    DAY("Must be a day like 2026-01-31."),
    ENDS_BEFORE("Must not be before the first day, {0}."),
    AMOUNT("Must be an amount per kWh above 0 with at most {0} decimals, e.g. \"0.34\"."),
    KIND("Must be fixed or household."),
    OVERLAPS("Overlaps the rate that starts on {0}: end one of them before the other starts."),
    TOO_MANY("Give at most {0}."),
    HOME("Give either chargeBoxId or cardId."),
    CHARGE_BOX("Must be a charge box that this driver has used."),
    CHARGE_BOX_UNKNOWN("Must be a known charge box."),
    CARD("Must be one of the driver's cards.");

    private final String english;

    StatementReason(String english) {
        this.english = english;
    }

    @Override
    public String english() {
        return english;
    }
}
