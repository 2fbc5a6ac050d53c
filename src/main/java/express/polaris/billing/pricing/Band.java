package express.polaris.billing.pricing;

import express.polaris.units.Energy;
import java.util.Optional;
import java.util.regex.Pattern;

/** Range of energy above one bound, up to and including another; an absent bound is infinite. */
public record Band(Optional<Energy> above, Optional<Energy> upTo) {

    private static final String INFINITE = "∞";
    private static final Pattern FORMAT = Pattern.compile("(−∞|\\d+(?:\\.\\d+)?)–(∞|\\d+(?:\\.\\d+)?)");

    /** All possible usage: 0–∞. */
    public static final Band USAGE = above(Energy.ZERO);

    /** Range of a running total after corrections took back more than was used: −∞–0. */
    static final Band NO_USAGE = new Band(Optional.empty(), Optional.of(Energy.ZERO));

    /**
     * @throws IllegalArgumentException when the band is empty
     */
    public Band {
        if (above.isPresent() && upTo.isPresent() && upTo.get().compareTo(above.get()) <= 0) {
            throw new IllegalArgumentException(
                    "A band must end above its start (" + upTo.get() + " <= " + above.get() + ")");
        }
    }

    /**
     * Reads a band as {@link #toString} formats it.
     *
     * @throws IllegalArgumentException when the text is none
     */
    public static Band parse(String text) {
        var matcher = FORMAT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is not a band such as 0–100 or 100–∞");
        }
        return new Band(bound(matcher.group(1)), bound(matcher.group(2)));
    }

    private static Optional<Energy> bound(String text) {
        return text.endsWith(INFINITE) ? Optional.empty() : Optional.of(Energy.ofKilowattHours(text));
    }

    static Band above(Energy bound) {
        return new Band(Optional.of(bound), Optional.empty());
    }

    static Band between(Energy above, Energy upTo) {
        return new Band(Optional.of(above), Optional.of(upTo));
    }

    boolean contains(Energy total) {
        return above.filter(bound -> total.compareTo(bound) <= 0).isEmpty()
                && upTo.filter(bound -> total.compareTo(bound) > 0).isEmpty();
    }

    /** Returns the part of the increase between two running totals that lies in this band; zero when none does. */
    Energy partOf(Energy from, Energy to) {
        var start = above.filter(bound -> bound.compareTo(from) > 0).orElse(from);
        var end = upTo.filter(bound -> bound.compareTo(to) < 0).orElse(to);
        return end.compareTo(start) > 0 ? end.minus(start) : Energy.ZERO;
    }

    /** Formats the band in kWh without a unit: "0–100", "100–∞". */
    @Override
    public String toString() {
        return above.map(Band::kilowattHours).orElse("−" + INFINITE)
                + "–"
                + upTo.map(Band::kilowattHours).orElse(INFINITE);
    }

    private static String kilowattHours(Energy bound) {
        return bound.kilowattHours().stripTrailingZeros().toPlainString();
    }
}
