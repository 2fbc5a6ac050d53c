package express.polaris.platform.refusals;

/** Why a request is refused before any module decides. */
public enum RequestReason implements Reason {
    NOTHING_HERE("There is nothing here."),
    UNUSABLE("What was sent cannot be used as it is."),
    TOO_MANY("Too many tries. Wait and try again."),
    PARAMETER("The parameter \"{0}\" must be {1}."),
    PARAMETER_UNKNOWN("The parameter \"{0}\" is not known here."),
    PARAMETER_MISSING("The parameter \"{0}\" is missing."),
    FIELD_UNKNOWN("This field is not known here."),
    NUMBER_OUT_OF_BOUNDS("This number is out of bounds."),
    TYPE("This value is not of the right type."),
    VALUE("This value cannot be used."),
    NUMBER("Give a decimal number."),
    DIGITS("Give a decimal number of at most {0} digits."),
    TEXT("Give a text."),
    UNBROKEN_TEXT("Give a text without the character U+0000 and without broken characters.");

    private final String english;

    RequestReason(String english) {
        this.english = english;
    }

    @Override
    public String english() {
        return english;
    }
}
