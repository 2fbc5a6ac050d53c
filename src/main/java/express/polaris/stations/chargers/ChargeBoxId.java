package express.polaris.stations.chargers;

import express.polaris.platform.refusals.PlainText;
import java.util.Locale;
import java.util.Optional;

/**
 * SteVe's {@code chargeBoxId}. Comparison ignores case, as in SteVe's database.
 *
 * @param value in SteVe's spelling, stripped
 */
public record ChargeBoxId(String value) {

    public static final int LONGEST = 255;

    /**
     * @throws IllegalArgumentException when it is empty, too long or contains control characters
     */
    public ChargeBoxId {
        value = value.strip();
        if (value.isEmpty() || PlainText.length(value) > LONGEST || !PlainText.isPrintable(value)) {
            throw new IllegalArgumentException("A charge box id must have 1 to " + LONGEST
                    + " characters, without control characters; this one has " + PlainText.length(value));
        }
    }

    /** Empty when the text is not a valid charge box id. */
    public static Optional<ChargeBoxId> parse(String text) {
        try {
            return Optional.of(new ChargeBoxId(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChargeBoxId id && key().equals(id.key());
    }

    @Override
    public int hashCode() {
        return key().hashCode();
    }

    @Override
    public String toString() {
        return value;
    }

    private String key() {
        return value.toLowerCase(Locale.ROOT);
    }
}
