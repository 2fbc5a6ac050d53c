package express.polaris.billing.parties;

import express.polaris.platform.refusals.Wording;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Pattern of invoice numbers, e.g. {@code {year}-{number:6}}. With {@code {year}} numbers begin at 1 each year, without
 * it they never do. {@code {number:6}} has leading zeros up to six digits.
 */
public final class NumberFormat {

    /** Used while no issuer has chosen another one. */
    public static final NumberFormat USUAL = new NumberFormat(WantedIssuer.USUAL_NUMBERS);

    private static final int LONGEST = 40;
    private static final Pattern NUMBER = Pattern.compile("\\{number(?::([^}]*))?}");
    private static final Pattern YEAR = Pattern.compile("\\{year}");
    private static final int HIGHEST = 999_999_999;

    private final String pattern;

    private NumberFormat(String pattern) {
        this.pattern = pattern;
    }

    /**
     * @throws IllegalArgumentException if the pattern has a fault
     */
    public static NumberFormat of(String pattern) {
        fault(pattern).ifPresent(fault -> {
            throw new IllegalArgumentException("\"" + pattern + "\": " + fault.english());
        });
        return new NumberFormat(pattern);
    }

    static Optional<Wording> fault(String pattern) {
        if (NUMBER.matcher(pattern).results().count() != 1) {
            return Optional.of(PartyReason.NUMBER_PLACE.with("{number}", WantedIssuer.USUAL_NUMBERS));
        }
        if (YEAR.matcher(pattern).results().count() > 1) {
            return Optional.of(PartyReason.NUMBER_YEAR.with("{year}"));
        }
        var width = NUMBER.matcher(pattern).results().findFirst().map(match -> match.group(1));
        if (width.filter(digits -> !digits.matches("[1-9]")).isPresent()) {
            return Optional.of(PartyReason.NUMBER_WIDTH.with("{number:6}"));
        }
        var rest = NUMBER.matcher(YEAR.matcher(pattern).replaceAll("")).replaceAll("");
        if (!rest.matches("[A-Za-z0-9_-]*")) {
            return Optional.of(PartyReason.NUMBER_CHARACTERS.with("{year}", "{number}"));
        }
        return new NumberFormat(pattern).number(9999, HIGHEST).length() > LONGEST
                ? Optional.of(PartyReason.NUMBER_LENGTH.with(LONGEST))
                : Optional.empty();
    }

    /** Whether numbers begin at 1 each year. */
    public boolean isYearly() {
        return YEAR.matcher(pattern).find();
    }

    /**
     * Returns the number of an invoice.
     *
     * @param counter from 1, of the year if {@link #isYearly()}
     */
    public String number(int year, int counter) {
        var withYear = YEAR.matcher(pattern).replaceAll(Integer.toString(year));
        return NUMBER.matcher(withYear).replaceAll(match -> digits(Optional.ofNullable(match.group(1)), counter));
    }

    private static String digits(Optional<String> width, int counter) {
        return width.map(digits -> String.format(Locale.ROOT, "%0" + digits + "d", counter))
                .orElseGet(() -> Integer.toString(counter));
    }

    @Override
    public String toString() {
        return pattern;
    }
}
