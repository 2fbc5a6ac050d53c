package express.polaris.documents;

import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers of invoices in addresses. */
public final class InvoiceNumber {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{4}-[0-9]{1,12}");

    private InvoiceNumber() {}

    /** Empty for everything that no number of ours looks like. */
    public static Optional<String> parse(String text) {
        return Optional.of(text).filter(number -> NUMBER.matcher(number).matches());
    }
}
