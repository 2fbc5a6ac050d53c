package express.polaris.billing.bookkeeping;

import express.polaris.platform.refusals.Reason;

/** Reasons to refuse account numbers, an export, or a bank's file. */
public enum BookkeepingReason implements Reason {
    CHART("Must be SKR03 or SKR04."),
    RANGE("Must be a whole number from {0} to {1}."),
    RATE("Must be a VAT rate from 0 to 100 with at most two decimals, e.g. \"19\"."),
    RATE_TWICE("The VAT rate {0} % is listed twice."),
    BU_KEY("Must be a tax key of at most {0} digits, or nothing."),
    NO_RATES("List at least one VAT rate with its account."),
    TOO_MANY_RATES("List at most {0} VAT rates."),
    DAY("Must be a day like 2026-05-31."),
    UNTIL("Must be {0} or a later day."),
    BY("Must be issued or paid."),
    NO_ACCOUNTS("Enter the account numbers first."),
    ONE_YEAR("A DATEV file covers one business year: choose days up to {0}."),
    NO_REVENUE("No revenue account is entered for the VAT rate {0} %."),
    NO_DEBTOR("The debtor account of driver {0} would exceed {1}: choose a smaller first number or longer accounts."),
    NO_FILE("Choose a file."),
    TOO_LARGE("The file is larger than {0} MB; split it."),
    TOO_MANY("The file has more than {0} entries; split it."),
    NO_ENTRIES("The file has no entries."),
    XML("This is no camt.053 statement: {0}."),
    XML_BROKEN("the XML cannot be read"),
    XML_DTD("a document type definition is not allowed"),
    XML_VERSION("versions 02 to 08 are read"),
    XML_ENTRY("entry {0} lacks its amount, currency, direction or booking date"),
    NO_COLUMN("No column is found for this. Name it as it is in the file: {0}."),
    COLUMN("The file has no column {0}. Its columns: {1}."),
    CSV_LINE("Line {0}: {1} is no {2}."),
    CSV_DATE("date"),
    DATE_ORDER("{0} can be read as two days. Say whether the day or the month comes first."),
    DATE_ORDER_UNKNOWN("Must be day_first or month_first, or nothing."),
    CSV_AMOUNT("amount"),
    CSV_CURRENCY("currency code"),
    CSV_BROKEN("The file is no CSV table that can be read."),
    PREVIEW("The preview is incomplete; choose the file again.");

    private final String english;

    BookkeepingReason(String english) {
        this.english = english;
    }

    @Override
    public String english() {
        return english;
    }
}
