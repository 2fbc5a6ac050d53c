package express.polaris.console;

import express.polaris.platform.refusals.Reason;

/** Reasons for refusing a console form before it reaches a module. */
public enum ConsoleReason implements Reason {
    NO_SUCH_DRIVER("No such driver. Give a name, an e-mail address or an id."),
    SEVERAL_DRIVERS("Several drivers have this name. Give the e-mail address or the id."),
    NO_DRIVER_LIKE_THAT("No driver has this name, address or id."),
    CHOOSE_A_DRIVER("Several drivers have this name. Choose one below."),
    NOBODY("No driver has this address."),
    MOMENT("Give a date and a time."),
    DAY("Must be a day like {0}."),
    CHARGE_BOX_ID("Give the id of the charge box in SteVe: 1 to {0} characters, without control characters."),
    FEE("Must be an amount of 0 or more, with no more decimals than the currency has."),
    INCLUDED(
            "Included energy needs the same price at all times and places: leave this empty, or remove the other prices by"
                    + " time or place."),
    TIME_OR_PLACE("Choose a time, a place, or both."),
    PLAN_JSON("This is not a JSON object: it must start with { and end with }, with names and texts in double quotes."),
    NO_PUBLIC_URL("A label needs the address at which phones reach this portal: set POLARIS_PUBLIC_URL.");

    private final String english;

    ConsoleReason(String english) {
        this.english = english;
    }

    @Override
    public String english() {
        return english;
    }
}
