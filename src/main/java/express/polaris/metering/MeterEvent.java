package express.polaris.metering;

import express.polaris.units.Energy;
import express.polaris.units.Power;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * An event: the energy between two consecutive readings of a session.
 *
 * @param position place in the session, from 0 without gaps
 * @param measuredFrom the predecessor's {@code measuredAt}, for the first event the start
 * @param meterFrom the predecessor's {@code meterTo}, for the first event the start value
 * @param meterTo the register at {@code measuredAt}, without noise; after a reset the new base
 * @param delta {@code meterTo − meterFrom}, except that a reset of a total register counts 0 and a closing event
 *     carries what is missing to the session's energy (may be negative)
 * @param power measured, or else derived from the register; never negative
 * @param soc state of charge in percent, 0 to 100
 * @param isFinal whether this is the last event and holds the final meter reading
 */
public record MeterEvent(
        int position,
        Instant measuredFrom,
        Instant measuredAt,
        Energy meterFrom,
        Energy meterTo,
        Energy delta,
        Optional<Power> power,
        boolean powerDerived,
        Optional<BigDecimal> soc,
        Set<ReadingFlag> flags,
        boolean isFinal) {

    public MeterEvent withDelta(Energy changed) {
        return new MeterEvent(
                position,
                measuredFrom,
                measuredAt,
                meterFrom,
                meterTo,
                changed,
                power,
                powerDerived,
                soc,
                flags,
                isFinal);
    }

    public MeterEvent withFinality(boolean changed) {
        return new MeterEvent(
                position,
                measuredFrom,
                measuredAt,
                meterFrom,
                meterTo,
                delta,
                power,
                powerDerived,
                soc,
                flags,
                changed);
    }
}
