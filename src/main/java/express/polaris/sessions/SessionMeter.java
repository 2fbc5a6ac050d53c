package express.polaris.sessions;

import express.polaris.units.Power;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the latest reading says, whether or not it made an event.
 *
 * @param powerDerived the power is computed from the last two energy readings
 * @param soc the car's state of charge in percent
 * @param lastReadingAt by the meter's clock
 * @param lastEnergyAt the latest reading that brought energy, by the meter's clock
 * @param aheadUntil until then the station's clock is ahead: of the session's start, or of readings that are held back
 * @param samplingInterval how often this charger sends readings, once that is learnt
 */
public record SessionMeter(
        Optional<Power> power,
        boolean powerDerived,
        Optional<BigDecimal> soc,
        Optional<Instant> lastReadingAt,
        Optional<Instant> lastEnergyAt,
        Optional<Instant> aheadUntil,
        Optional<Duration> samplingInterval) {}
