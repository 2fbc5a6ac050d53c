package express.polaris.metering;

import express.polaris.units.Energy;
import express.polaris.units.Power;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The most that can flow: 1.5 times the connector's limit, 400 kW where that is unknown. Steps within the meter's noise
 * of 50 Wh are never implausible: a register that counts in whole watt-hours or tens of them moves in jumps.
 */
final class ConnectorCeiling {

    private static final Power UNKNOWN_LIMIT = Power.ofWatts(400_000);
    private static final BigDecimal HEADROOM = new BigDecimal("1.5");
    private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3600);
    private static final int NANO_DIGITS = 9;

    /** Longer than this there is no mean power worth showing, and nanoseconds would overflow. */
    private static final Duration LONGEST = Duration.ofDays(3650);

    private final BigDecimal watts;

    ConnectorCeiling(Optional<Power> connectorLimit) {
        var limit =
                connectorLimit.filter(power -> power.compareTo(Power.ZERO) > 0).orElse(UNKNOWN_LIMIT);
        watts = limit.watts().multiply(HEADROOM);
    }

    /** Whether this much energy cannot have flowed in this time; in no time at all only noise can. */
    boolean isExceededBy(Energy energy, Instant from, Instant to) {
        if (energy.compareTo(Judgement.NOISE_LIMIT) <= 0) {
            return false;
        }
        var most = watts.multiply(seconds(from, to));
        return energy.wattHours().multiply(SECONDS_PER_HOUR).compareTo(most) > 0;
    }

    /** The mean power between two readings; empty where that says nothing: no time, a fall, more than can flow. */
    Optional<Power> meanPower(Energy energy, Instant from, Instant to) {
        var time = Duration.between(from, to);
        if (!time.isPositive() || time.compareTo(LONGEST) > 0 || energy.isNegative()) {
            return Optional.empty();
        }
        return Optional.of(Power.mean(energy, time))
                .filter(power -> power.watts().compareTo(watts) <= 0);
    }

    private static BigDecimal seconds(Instant from, Instant to) {
        var time = Duration.between(from, to);
        return BigDecimal.valueOf(time.getSeconds()).add(BigDecimal.valueOf(time.getNano(), NANO_DIGITS));
    }
}
