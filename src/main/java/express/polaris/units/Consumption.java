package express.polaris.units;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * What a car needs, and so how far energy takes it.
 *
 * @param value for {@link Unit#KM} kWh per 100 km, for {@link Unit#MI} miles per kWh; above zero
 */
public record Consumption(Unit unit, BigDecimal value) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** In what distances are read. */
    public enum Unit {
        KM,
        MI;

        /** {@code km} or {@code mi}. */
        public String symbol() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @throws IllegalArgumentException when the value is not above zero */
    public Consumption {
        if (value.signum() <= 0) {
            throw new IllegalArgumentException("A consumption is above 0, not " + value);
        }
        value = value.stripTrailingZeros();
        value = value.scale() < 0 ? value.setScale(0) : value;
    }

    /** How far the energy goes, in the unit, rounded half up to so many decimals. */
    public BigDecimal distance(Energy energy, int decimals) {
        return switch (unit) {
            case KM -> energy.kilowattHours().multiply(HUNDRED).divide(value, decimals, RoundingMode.HALF_UP);
            case MI -> energy.kilowattHours().multiply(value).setScale(decimals, RoundingMode.HALF_UP);
        };
    }
}
