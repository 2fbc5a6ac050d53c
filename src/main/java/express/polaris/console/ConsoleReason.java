package express.polaris.console;

import express.polaris.platform.refusals.Reason;

/** Why a form of the console is refused before any module sees it. */
public enum ConsoleReason implements Reason {
    NO_SUCH_DRIVER("There is no such driver. Give a name, an e-mail address or an id."),
    SEVERAL_DRIVERS("Several drivers are called like that. Give the e-mail address or the id."),
    NO_DRIVER_LIKE_THAT("There is no driver with this name, address or number."),
    CHOOSE_A_DRIVER("Several drivers are called like that. Choose one below."),
    NOBODY("Nobody has this address."),
    MOMENT("Give a date and a time."),
    DAY("Must be a day like {0}."),
    CHARGE_BOX_ID(
            "Give the id that the charge box has in SteVe: 1 to {0} characters, none of them a control character."),
    FEE("Must be an amount from 0, with no more decimals than the currency has."),
    PLAN_JSON("This is no JSON object: it begins with { and ends with }, and names and texts stand in double quotes."),
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
