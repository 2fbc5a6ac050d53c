package express.polaris.accounts;

import express.polaris.platform.refusals.Reason;
import express.polaris.platform.refusals.Wording;

/** Why a change to an account, or what it signs in with, is refused. */
public enum AccountReason implements Reason {
    EMAIL("Give an e-mail address of at most {0} characters."),
    NAME("Give a name of 1 to {0} characters."),
    PASSWORD("Give a password of at least {0} characters and at most {1} bytes."),
    LOCALE("Give a language tag such as en, en-GB or de."),
    TIME_ZONE("Give a time zone such as Europe/Berlin."),
    DISTANCE_UNIT("Give km, mi, or nothing."),
    KWH_PER_100_KM("Give {0} to {1} kWh per 100 km, with two decimals at most."),
    MILES_PER_KWH("Give {0} to {1} miles per kWh, with two decimals at most."),
    TOKEN_DAYS("Give a whole number from 1 to {0}."),
    CURRENT_PASSWORD("This is not your current password."),
    PASSWORD_CHANGED("The password was changed meanwhile."),
    EMAIL_TAKEN("An account with this e-mail address exists already."),
    DELETED("Account {0} was deleted by its owner; it cannot come back."),
    LAST_OPERATOR("This is the last operator who can sign in; make somebody else an operator first."),
    PASSKEY("This passkey could not be added."),
    SIGNED_OUT("The sign-in has ended."),
    NO_DRIVER("There is no driver {0}."),
    DRIVER_MISSING("Give the id of a driver."),
    WHY("Say why, in 1 to {0} characters."),
    CREDENTIALS("The e-mail address or the password is wrong.");

    private final String english;

    AccountReason(String english) {
        this.english = english;
    }

    /** The fault of an account that is no driver's; the id 0 stands for none that was given. */
    public static Wording noDriver(AccountId given) {
        return given.value() == 0 ? DRIVER_MISSING.with() : NO_DRIVER.with(given);
    }

    @Override
    public String english() {
        return english;
    }
}
