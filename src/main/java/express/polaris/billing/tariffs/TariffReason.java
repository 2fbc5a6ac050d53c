package express.polaris.billing.tariffs;

import express.polaris.platform.refusals.Reason;

/** Reasons to refuse a time band, a holiday, a charger group, or market prices. */
public enum TariffReason implements Reason {
    CODE("Must be 1 to 63 small letters a to z, digits, hyphens or underscores, beginning with a letter or digit."),
    NAME("Must be a text of 1 to {0} characters."),
    RULES("Must be a list of 1 to {0} rules with days, from and to."),
    RULE("Must be an object with days, from and to."),
    DAYS("Must be a list of days: mon, tue, wed, thu, fri, sat, sun or holiday."),
    DAY("Must be mon, tue, wed, thu, fri, sat, sun or holiday, not \"{0}\"."),
    TIME("Must be a time from 00:00 to 24:00, e.g. 22:00."),
    HOLIDAYS("Must be a list of at most {0} days with date and name."),
    DATE("Must be a day like 2026-12-25, from 2000 to 2100."),
    TWICE("{0} is there twice."),
    HOLIDAY_NAME("Must be a text of at most {0} characters."),
    MEMBERS("Must be a list of at most {0} charge box ids."),
    NO_CHARGER("Must be the id of a known charge box, not \"{0}\"."),
    CURRENCY("Must be a currency code like \"EUR\"."),
    OTHER_CURRENCY("Must be {0}: the series has prices in that currency."),
    UNIT("Must be kwh or mwh."),
    ZONE("Must be a time zone like Europe/Berlin."),
    PRICES("Must be a list of 1 to {0} prices with from, to and price."),
    TABLE("Must be a table with the columns from, to and price; this one has: {0}."),
    QUOTES("Line {0} has a misplaced quote."),
    AT("Must be a time like 2026-12-01T00:00:00Z, or without zone like 2026-12-01 00:00, not \"{0}\"."),
    YEARS("Must be in the years 2000 to 2199, not \"{0}\"."),
    SKIPPED("Does not exist in {0}: the clock skips {1}."),
    BACKWARDS("Must be after the start of its price."),
    LONG("Must be at most a day after the start of its price."),
    PRICE("Must be a number like 0.0832 or -12,5, not \"{0}\"."),
    OVERLAP("Overlaps the price from {0} to {1}."),
    MORE("There are {0} more faults.");

    private final String english;

    TariffReason(String english) {
        this.english = english;
    }

    @Override
    public String english() {
        return english;
    }
}
