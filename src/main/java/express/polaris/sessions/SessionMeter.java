package express.polaris.sessions;

import express.polaris.units.Power;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Values of the latest readings, whether or not they made an event.
 *
 * @param powerDerived whether the power is derived from energy readings
 * @param soc state of charge in percent
 * @param lastReadingAt meter time
 * @param lastEnergyAt latest reading that brought energy (meter time)
 * @param aheadUntil until when the station clock is ahead: of the session's start, or of held-back readings
 * @param samplingInterval interval of this charger's readings; empty until it is learned
 */
public record SessionMeter(
        Optional<Power> power,
        boolean powerDerived,
        Optional<BigDecimal> soc,
        Optional<Instant> lastReadingAt,
        Optional<Instant> lastEnergyAt,
        Optional<Instant> aheadUntil,
        Optional<Duration> samplingInterval) {}
