package express.polaris.units;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;

/**
 * A power, exact to 0.001 W.
 *
 * @param watts W, always with three decimals
 */
public record Power(BigDecimal watts) implements Comparable<Power> {

    public static final Power ZERO = new Power(BigDecimal.ZERO);

    private static final int WATT_DECIMALS = 3;
    private static final BigDecimal NANOSECONDS_PER_HOUR = BigDecimal.valueOf(3_600_000_000_000L);

    /** Rounds half up to 0.001 W. */
    public Power {
        watts = watts.setScale(WATT_DECIMALS, RoundingMode.HALF_UP);
    }

    public static Power ofWatts(BigDecimal watts) {
        return new Power(watts);
    }

    public static Power ofWatts(long watts) {
        return new Power(BigDecimal.valueOf(watts));
    }

    /** Exact: 0.001 W is the resolution of this type. */
    public static Power ofMilliwatts(long milliwatts) {
        return new Power(BigDecimal.valueOf(milliwatts, WATT_DECIMALS));
    }

    public static Power ofKilowatts(BigDecimal kilowatts) {
        return new Power(kilowatts.movePointRight(3));
    }

    /**
     * Mean power of this energy over this time.
     *
     * @throws IllegalArgumentException if the time is zero or negative
     */
    public static Power mean(Energy energy, Duration time) {
        if (!time.isPositive()) {
            throw new IllegalArgumentException("Mean power needs a positive time, not " + time);
        }
        var hours = BigDecimal.valueOf(time.toNanos()).divide(NANOSECONDS_PER_HOUR, MathContext.DECIMAL64);
        return new Power(energy.wattHours().divide(hours, MathContext.DECIMAL64));
    }

    /**
     * Thousandths of a watt; exact.
     *
     * @throws ArithmeticException beyond about 9 × 10¹⁵ W
     */
    public long milliwatts() {
        return watts.unscaledValue().longValueExact();
    }

    /** kW with six decimals. */
    public BigDecimal kilowatts() {
        return watts.movePointLeft(3);
    }

    public boolean isNegative() {
        return watts.signum() < 0;
    }

    @Override
    public int compareTo(Power other) {
        return watts.compareTo(other.watts);
    }

    @Override
    public String toString() {
        return watts.toPlainString() + " W";
    }
}
