package express.polaris.accounts;

import express.polaris.platform.refusals.Reason;
import express.polaris.platform.refusals.Wording;

/** Reasons for refusing a change to an account or to its credentials. */
public enum AccountReason implements Reason {
    EMAIL("Give an e-mail address of at most {0} characters."),
    NAME("Give a name of 1 to {0} characters."),
    PASSWORD("Give a password of at least {0} characters and at most {1} bytes."),
    LOCALE("Give a language tag such as en, en-GB or de."),
    TIME_ZONE("Give a time zone such as Europe/Berlin."),
    DISTANCE_UNIT("Give km, mi, or nothing."),
    KWH_PER_100_KM("Give {0} to {1} kWh per 100 km, with at most two decimals."),
    MILES_PER_KWH("Give {0} to {1} miles per kWh, with at most two decimals."),
    TOKEN_DAYS("Give a whole number of days from 1 to {0}."),
    CURRENT_PASSWORD("This is not your current password."),
    PASSWORD_CHANGED("The password was changed in the meantime."),
    EMAIL_TAKEN("An account with this e-mail address already exists."),
    DELETED("Account {0} was deleted by its owner and cannot be restored."),
    LAST_OPERATOR("This is the last operator who can sign in; make someone else an operator first."),
    PASSKEY("This passkey could not be added."),
    SIGNED_OUT("You are no longer signed in. Sign in again."),
    NO_DRIVER("There is no driver {0}."),
    DRIVER_MISSING("Give the id of a driver."),
    WHY("Give a reason of 1 to {0} characters."),
    CREDENTIALS("The e-mail address or the password is wrong.");

    private final String english;

    AccountReason(String english) {
        this.english = english;
    }

    /** Fault for a driver id that does not belong to a driver; id 0 means that no id was given. */
    public static Wording noDriver(AccountId given) {
        return given.value() == 0 ? DRIVER_MISSING.with() : NO_DRIVER.with(given);
    }

    @Override
    public String english() {
        return english;
    }
}
