package express.polaris.billing.pricing;

import express.polaris.platform.refusals.Reason;

/** Reasons to refuse the properties of a charge; those without a verb are fragments used in others. */
public enum PriceReason implements Reason {
    ABOVE_ZERO("Must be more than 0."),
    RANGES("Must be a list of 1 to {0} ranges."),
    RANGE("Must be an object with from_value, to_value, per_unit_amount and flat_amount."),
    MISSING("Is missing: must be a number of 0 or more."),
    NO_NUMBER("Must be a number like \"0.25\", not {0}."),
    NEGATIVE("Must not be negative."),
    DIGITS("Must have at most {0} digits before and {1} after the decimal point."),
    SO_LONG_A_NUMBER("such a long number"),
    A_LIST("a list"),
    AN_OBJECT("an object"),
    LAST_RANGE("Must be null: the last range is open."),
    FIRST_RANGE("Must be 0 in the first range, not {0}."),
    OVERLAP("Overlaps the range before it: must be {0}, not {1}."),
    GAP("Leaves a gap: must be {0}, not {1}."),
    EITHER("{0} or {1}"),
    TWO_STYLES("Mixes two styles of ranges: use 0–10, 10–20 or 0–10, 11–20 throughout, not both."),
    EMPTY_RANGE("Must be above the start of the range, not {0}."),
    CODE("Must be a text of 1 to {0} characters."),
    CODES("Must be a list of 1 to {0} codes."),
    FILTERS("Must be a list of at most {0} filters."),
    FILTER("Must be an object with values and properties."),
    FILTER_VALUES("Must be an object with {0} or {1}."),
    FILTER_PROPERTIES("Is missing: must be the properties of the charge model."),
    FLOOR("Must not be above the ceiling of {0}."),
    FLAG("Must be true or false."),
    NOTHING_ROLLS_OVER("Needs included_kwh, of which something can roll over."),
    SECONDS("Must be minutes of whole seconds, such as 0.5 for 30 seconds."),
    MINUTES("Must be at most {0} minutes."),
    MODEL("Must be standard, graduated, volume or package, not {0}.");

    private final String english;

    PriceReason(String english) {
        this.english = english;
    }

    @Override
    public String english() {
        return english;
    }
}
