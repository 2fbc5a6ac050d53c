package express.polaris.stations.cards;

import express.polaris.platform.refusals.PlainText;
import java.util.Locale;
import java.util.Optional;

/**
 * OCPP idTag, with which a driver identifies at a charger. It is a credential, so {@link #toString()} masks it.
 *
 * <p>Comparison ignores case, as in SteVe's database.
 *
 * @param value in its original case, stripped
 */
public record IdTag(String value) {

    /** OCPP 1.6 allows 20 characters; SteVe stores up to 255. */
    public static final int LONGEST = 255;

    private static final int SHORTEST_SHOWN_IN_PART = 8;
    private static final int SHOWN_AT_EACH_END = 2;
    private static final String MASK = "••••";

    /**
     * @throws IllegalArgumentException when it is empty, too long or contains control characters
     */
    public IdTag {
        value = value.strip();
        if (value.isEmpty() || PlainText.length(value) > LONGEST || !PlainText.isPrintable(value)) {
            throw new IllegalArgumentException("An idTag must have 1 to " + LONGEST
                    + " characters, without control characters; this one has "
                    + PlainText.length(value));
        }
    }

    /** Empty when the text is not a valid idTag. */
    public static Optional<IdTag> parse(String text) {
        try {
            return Optional.of(new IdTag(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The first and last two characters; none if the idTag has fewer than eight. Hides the length. */
    public String masked() {
        int length = PlainText.length(value);
        if (length < SHORTEST_SHOWN_IN_PART) {
            return MASK;
        }
        return value.substring(0, value.offsetByCodePoints(0, SHOWN_AT_EACH_END))
                + MASK
                + value.substring(value.offsetByCodePoints(value.length(), -SHOWN_AT_EACH_END));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IdTag tag && key().equals(tag.key());
    }

    @Override
    public int hashCode() {
        return key().hashCode();
    }

    @Override
    public String toString() {
        return masked();
    }

    private String key() {
        return value.toLowerCase(Locale.ROOT);
    }
}
