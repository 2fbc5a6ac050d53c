package express.polaris.documents;

import java.util.Optional;
import java.util.regex.Pattern;

/** Invoice numbers in URLs. */
public final class InvoiceNumber {

    private static final Pattern NUMBER = Pattern.compile("[A-Za-z0-9_-]{1,60}");

    private InvoiceNumber() {}

    /** Empty if the text does not have the format of an invoice number. */
    public static Optional<String> parse(String text) {
        return Optional.of(text).filter(number -> NUMBER.matcher(number).matches());
    }
}
