package express.polaris.cards;

import express.polaris.problems.PlainText;
import java.util.Locale;
import java.util.Optional;

/**
 * An OCPP idTag: what a driver identifies with at a charger. It is a credential, so {@link #toString()} masks it.
 *
 * <p>Two idTags that differ in case alone are equal, as in SteVe's database.
 *
 * @param value as it was given first, without spaces at its ends
 */
public record IdTag(String value) {

    /** OCPP 1.6 allows 20 characters, SteVe keeps up to 255. */
    public static final int LONGEST = 255;

    private static final int SHORTEST_SHOWN_IN_PART = 8;
    private static final int SHOWN_AT_EACH_END = 2;
    private static final String MASK = "••••";

    /** @throws IllegalArgumentException when it is empty, too long or has control characters */
    public IdTag {
        value = value.strip();
        if (value.isEmpty() || PlainText.length(value) > LONGEST || !PlainText.isPrintable(value)) {
            throw new IllegalArgumentException("An idTag has 1 to " + LONGEST
                    + " characters, none of them a control character; this one has "
                    + PlainText.length(value));
        }
    }

    /** Empty when the text cannot be an idTag. */
    public static Optional<IdTag> parse(String text) {
        try {
            return Optional.of(new IdTag(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The first and last two characters; nothing of an idTag of fewer than eight. Does not tell the length. */
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
