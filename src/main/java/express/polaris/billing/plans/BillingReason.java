package express.polaris.billing.plans;

import express.polaris.platform.refusals.Reason;

/** Reasons to refuse a change to a plan, subscription, credit or invoice. */
public enum BillingReason implements Reason {
    TEXT("Must be a text of 1 to {0} characters."),
    INTERVAL("Must be weekly, monthly, quarterly, semiannual or yearly."),
    CURRENCY("Must be a currency code like \"EUR\"."),
    CENTS("Must be a whole number from 0 to {0}."),
    FLAG("Must be true or false."),
    VAT_RATE("Must be a percentage from 0 to 100 with at most {0} decimals, e.g. \"19\"."),
    CHARGES("Must be a list of at most {0} charges."),
    CHARGE("Must be an object with billable_metric_code, charge_model and properties."),
    METRIC("Is missing: must be one of {0}."),
    MODEL("Must be standard, graduated, volume or package."),
    PROPERTIES("Must be an object."),
    TOO_DEEP("Nested too deeply: use at most {0} levels."),
    BROKEN_NAME("A name contains an invalid character."),
    BROKEN_TEXT("Give a string without invalid characters."),
    DIGITS("Give at most {0} digits."),
    PREPARED("Invoice {0} is being prepared: it has documents once the operator has entered who issues invoices."),
    NOT_PAYABLE_YET("Invoice {0} is being prepared; it can be paid once it goes out."),
    CANCELS_NOTHING("Invoice {0} is a cancellation; cancel an invoice."),
    CANCELLED("Invoice {0} is cancelled by {1}."),
    NOT_CANCELLED("Invoice {0} is not cancelled; only a cancelled invoice gets a replacement."),
    REPLACED("Invoice {0} is already replaced by {1}."),
    PAID_OTHERWISE(
            "Invoice {0} is paid with {1} {3}, and a replacement would have a total of {2} {3}. Cancel it without a"
                    + " replacement and pay the money back."),
    NO_ISSUER("Enter who issues invoices first."),
    PAID_ON("Must be a day from {0}, when the invoice was issued, to today."),
    NO_BAND("There is no time band \"{0}\"; create it first."),
    NOT_A_BAND("There is no time band \"{0}\"; create it first, or use one of {1}."),
    NO_GROUP("There is no charger group \"{0}\"; create it first."),
    NOT_A_GROUP("There is no charger group \"{0}\"; create it first, or use one of {1}."),
    NO_SERIES("There is no price series \"{0}\"; upload it first."),
    NOT_A_SERIES("There is no price series \"{0}\"; upload it first, or use one of {1}."),
    SERIES_CURRENCY("Price series \"{0}\" is in {1}, the plan in {2}; use a series in {2}."),
    NO_PLAN("Must be the code of an existing plan."),
    BILLING_TIME("Must be calendar or anniversary."),
    TIME_ZONE("Must be a time zone like Europe/Berlin."),
    INSTANT("Must be an instant like 2026-05-01T00:00:00Z."),
    OUT_OF_TIME("Must be between {0} and {1}."),
    AMOUNT("Must be an amount above 0 with at most {0} decimals, e.g. \"5\"."),
    SESSION("Must be one of the driver's sessions."),
    NEXT_BEGINS(
            "Subscription {0} cannot end at {1}: the driver's next subscription starts before that; choose an earlier instant."),
    NOT_AFTER_ITS_START("Subscription {0} starts at {1}; it must end after that, not at {2}."),
    INVOICED("Subscription {0} is invoiced until {1}; it cannot end at {2}."),
    CANNOT_END("Subscription {0} cannot end now."),
    SUBSCRIBED_UNTIL(
            "Driver {0} has subscription {1} (plan {2}) from {3} until {4}; terminate it first, or change the plan."),
    SUBSCRIBED(
            "Driver {0} has subscription {1} (plan {2}) from {3}, with no end set; terminate it first, or change the plan."),
    SUBSCRIBED_BEFORE("Driver {0} had another subscription at that time; try again.");

    private final String english;

    BillingReason(String english) {
        this.english = english;
    }

    @Override
    public String english() {
        return english;
    }
}
