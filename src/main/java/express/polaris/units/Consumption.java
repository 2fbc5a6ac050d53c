package express.polaris.units;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * Energy consumption of a car; converts energy into driving distance.
 *
 * @param value kWh per 100 km for {@link Unit#KM}, miles per kWh for {@link Unit#MI}; greater than zero
 */
public record Consumption(Unit unit, BigDecimal value) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** Unit of distance. */
    public enum Unit {
        KM,
        MI;

        /** {@code km} or {@code mi}. */
        public String symbol() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @throws IllegalArgumentException if the value is not greater than zero
     */
    public Consumption {
        if (value.signum() <= 0) {
            throw new IllegalArgumentException("A consumption must be above 0, not " + value);
        }
        value = value.stripTrailingZeros();
        value = value.scale() < 0 ? value.setScale(0) : value;
    }

    /** Driving distance for this energy, in this unit, rounded half up to the given number of decimals. */
    public BigDecimal distance(Energy energy, int decimals) {
        return switch (unit) {
            case KM -> energy.kilowattHours().multiply(HUNDRED).divide(value, decimals, RoundingMode.HALF_UP);
            case MI -> energy.kilowattHours().multiply(value).setScale(decimals, RoundingMode.HALF_UP);
        };
    }
}
