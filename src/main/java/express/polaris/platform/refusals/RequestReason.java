package express.polaris.platform.refusals;

/**
 * Reasons for refusing a request that belong to no single module: nothing at the address, an invalid parameter, field
 * or value, too many attempts, no database, or too many requests at a time.
 */
public enum RequestReason implements Reason {
    NOTHING_HERE("There is nothing at this address."),
    UNUSABLE("The request is not valid."),
    TOO_MANY("Too many attempts. Wait and try again."),
    DATABASE_AWAY(
            "The portal cannot reach its database at the moment. Charging goes on: the chargers and SteVe record it,"
                    + " and nothing is lost. Try again shortly."),
    BUSY("The portal is busy at the moment. Try again in a few seconds."),
    PARAMETER("The parameter \"{0}\" must be {1}."),
    PARAMETER_UNKNOWN("The parameter \"{0}\" is unknown."),
    PARAMETER_MISSING("The parameter \"{0}\" is missing."),
    FIELD_UNKNOWN("This field is unknown."),
    NUMBER_OUT_OF_BOUNDS("This number is out of range."),
    TYPE("This value has the wrong type."),
    VALUE("This value is not valid."),
    NUMBER("Give a decimal number."),
    DIGITS("Give a decimal number of at most {0} digits."),
    TEXT("Give a string."),
    UNBROKEN_TEXT("Give a string without the character U+0000 or invalid characters.");

    private final String english;

    RequestReason(String english) {
        this.english = english;
    }

    @Override
    public String english() {
        return english;
    }
}
