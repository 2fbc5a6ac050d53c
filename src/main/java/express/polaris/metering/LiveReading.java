package express.polaris.metering;

import express.polaris.units.Power;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * What the charger said last, whether or not it made an event.
 *
 * @param power measured, or else derived from the last two energy readings; never negative
 * @param soc the last state of charge in percent, 0 to 100
 * @param at the instant of the latest reading of energy, power or state of charge within the session
 */
public record LiveReading(
        Optional<Power> power, boolean powerDerived, Optional<BigDecimal> soc, Optional<Instant> at) {}
