package express.polaris.billing.parties;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Structure of VAT identification numbers: those of the EU and its neighbours by country, others by their prefix. */
final class VatIds {

    private static final Pattern ANY = Pattern.compile("[A-Z]{2}[A-Z0-9]{2,13}");

    /** After the prefix, as in the list of the European Commission's VIES. */
    private static final Map<String, Pattern> BY_PREFIX = Map.ofEntries(
            country("AT", "U\\d{8}"),
            country("BE", "[01]\\d{9}"),
            country("BG", "\\d{9,10}"),
            country("CH", "E\\d{9}(MWST|TVA|IVA)?"),
            country("CY", "\\d{8}[A-Z]"),
            country("CZ", "\\d{8,10}"),
            country("DE", "\\d{9}"),
            country("DK", "\\d{8}"),
            country("EE", "\\d{9}"),
            country("EL", "\\d{9}"),
            country("ES", "[A-Z0-9]\\d{7}[A-Z0-9]"),
            country("FI", "\\d{8}"),
            country("FR", "[A-Z0-9]{2}\\d{9}"),
            country("GB", "(\\d{9}|\\d{12}|(GD|HA)\\d{3})"),
            country("HR", "\\d{11}"),
            country("HU", "\\d{8}"),
            country("IE", "(\\d{7}[A-W][A-I]?|\\d[A-Z+*]\\d{5}[A-W])"),
            country("IT", "\\d{11}"),
            country("LT", "(\\d{9}|\\d{12})"),
            country("LU", "\\d{8}"),
            country("LV", "\\d{11}"),
            country("MT", "\\d{8}"),
            country("NL", "[A-Z0-9+*]{12}"),
            country("NO", "\\d{9}(MVA)?"),
            country("PL", "\\d{10}"),
            country("PT", "\\d{9}"),
            country("RO", "\\d{2,10}"),
            country("SE", "\\d{12}"),
            country("SI", "\\d{8}"),
            country("SK", "\\d{10}"),
            country("XI", "(\\d{9}|\\d{12}|(GD|HA)\\d{3})"));

    private static final Map<String, String> EXAMPLES = Map.of(
            "AT", "ATU12345678",
            "BE", "BE0123456789",
            "CH", "CHE123456789MWST",
            "DE", "DE123456789",
            "ES", "ESB12345678",
            "FR", "FR12345678901",
            "IT", "IT12345678901",
            "LU", "LU12345678",
            "NL", "NL123456789B01",
            "PL", "PL1234567890");

    private VatIds() {}

    private static Map.Entry<String, Pattern> country(String prefix, String rest) {
        return Map.entry(prefix, Pattern.compile(rest));
    }

    /** Removes what people type between the digits. */
    static String plain(String typed) {
        return typed.replaceAll("[\\s.\\-]", "").toUpperCase(Locale.ROOT);
    }

    /**
     * @param vatId as {@link #plain} returns it
     */
    static boolean isValid(String vatId) {
        if (vatId.length() < 4) {
            return false;
        }
        var pattern = BY_PREFIX.get(vatId.substring(0, 2));
        return pattern == null
                ? ANY.matcher(vatId).matches()
                : pattern.matcher(vatId.substring(2)).matches();
    }

    /** A made-up one of the country of this prefix, or of Germany. */
    static String example(String vatId) {
        var prefix = vatId.substring(0, Math.min(2, vatId.length()));
        return EXAMPLES.getOrDefault(prefix, "DE123456789");
    }
}
