package express.polaris.units;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An amount of energy or a register value, exact to 0.001 Wh. May be negative, for a correction.
 *
 * @param wattHours Wh, always with three decimals
 */
public record Energy(BigDecimal wattHours) implements Comparable<Energy> {

    public static final Energy ZERO = new Energy(BigDecimal.ZERO);

    private static final int WATT_HOUR_DECIMALS = 3;
    private static final int WATT_HOURS_PER_KILOWATT_HOUR_DIGITS = 3;

    /** Rounds half up to 0.001 Wh. Apart from display, energy is rounded only here. */
    public Energy {
        wattHours = wattHours.setScale(WATT_HOUR_DECIMALS, RoundingMode.HALF_UP);
    }

    public static Energy ofWattHours(BigDecimal wattHours) {
        return new Energy(wattHours);
    }

    public static Energy ofWattHours(long wattHours) {
        return new Energy(BigDecimal.valueOf(wattHours));
    }

    /** Exact: 0.001 Wh is the resolution of this type. */
    public static Energy ofMilliwattHours(long milliwattHours) {
        return new Energy(BigDecimal.valueOf(milliwattHours, WATT_HOUR_DECIMALS));
    }

    /** @throws NumberFormatException when the text is not a decimal number */
    public static Energy ofWattHours(String wattHours) {
        return new Energy(new BigDecimal(wattHours));
    }

    public static Energy ofKilowattHours(BigDecimal kilowattHours) {
        return new Energy(kilowattHours.movePointRight(WATT_HOURS_PER_KILOWATT_HOUR_DIGITS));
    }

    /** @throws NumberFormatException when the text is not a decimal number */
    public static Energy ofKilowattHours(String kilowattHours) {
        return ofKilowattHours(new BigDecimal(kilowattHours));
    }

    /** kWh with six decimals; exact. */
    public BigDecimal kilowattHours() {
        return wattHours.movePointLeft(WATT_HOURS_PER_KILOWATT_HOUR_DIGITS);
    }

    /**
     * Thousandths of a watt-hour; exact.
     *
     * @throws ArithmeticException beyond about 9 × 10¹⁵ Wh
     */
    public long milliwattHours() {
        return wattHours.unscaledValue().longValueExact();
    }

    public Energy plus(Energy other) {
        return new Energy(wattHours.add(other.wattHours));
    }

    public Energy minus(Energy other) {
        return new Energy(wattHours.subtract(other.wattHours));
    }

    public Energy negated() {
        return new Energy(wattHours.negate());
    }

    public boolean isZero() {
        return wattHours.signum() == 0;
    }

    public boolean isNegative() {
        return wattHours.signum() < 0;
    }

    public boolean isPositive() {
        return wattHours.signum() > 0;
    }

    @Override
    public int compareTo(Energy other) {
        return wattHours.compareTo(other.wattHours);
    }

    @Override
    public String toString() {
        return wattHours.toPlainString() + " Wh";
    }
}
