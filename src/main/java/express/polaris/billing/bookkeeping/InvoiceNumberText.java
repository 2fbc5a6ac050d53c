package express.polaris.billing.bookkeeping;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds what may be an invoice number in the text of a payment: any run of letters and digits of the right length,
 * whatever hyphens, spaces and points are in it. It must not begin or end within a longer number.
 */
final class InvoiceNumberText {

    /** Creditor reference by ISO 11649: RF, two check digits, the reference. */
    private static final Pattern CREDITOR_REFERENCE = Pattern.compile("RF\\d{2}([A-Z0-9]{1,21})");

    private InvoiceNumberText() {}

    /** Letters and digits of a text, in capitals. */
    static String bare(String text) {
        return text.replaceAll("[^A-Za-z0-9]", "").toUpperCase(Locale.ROOT);
    }

    /**
     * Returns all candidates, in the form of {@link #bare}.
     *
     * @param lengths numbers of letters and digits that invoice numbers have
     */
    static Set<String> candidates(String text, Set<Integer> lengths) {
        var found = new LinkedHashSet<String>();
        collect(text, lengths, found);
        var references =
                CREDITOR_REFERENCE.matcher(text.toUpperCase(Locale.ROOT).replace(" ", ""));
        while (references.find()) {
            collect(references.group(1), lengths, found);
        }
        return found;
    }

    private static void collect(String text, Set<Integer> lengths, Set<String> found) {
        int[] places = text.chars().filter(InvoiceNumberText::counts).toArray();
        int[] at = new int[places.length];
        int next = 0;
        for (int i = 0; i < text.length(); i++) {
            if (counts(text.charAt(i))) {
                at[next++] = i;
            }
        }
        for (int from = 0; from < places.length; from++) {
            if (goesOn(text, at[from] - 1, places[from])) {
                continue;
            }
            for (int length : lengths) {
                int last = from + length - 1;
                if (last < places.length && !goesOn(text, at[last] + 1, places[last])) {
                    found.add(bare(text.substring(at[from], at[last] + 1)));
                }
            }
        }
    }

    /** Returns whether a number that begins or ends with this digit goes on with the neighbouring character. */
    private static boolean goesOn(String text, int neighbour, int edge) {
        return neighbour >= 0 && neighbour < text.length() && isDigit(edge) && isDigit(text.charAt(neighbour));
    }

    private static boolean counts(int character) {
        return isDigit(character) || character >= 'A' && character <= 'Z' || character >= 'a' && character <= 'z';
    }

    private static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }
}
