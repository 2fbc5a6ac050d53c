package express.polaris.metering;

import express.polaris.units.Energy;
import express.polaris.units.Power;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Facts about the transaction whose readings are interpreted.
 *
 * @param startedAt start in SteVe (station clock)
 * @param startValue register at the start, see {@link MeterValueText#parse(String)}
 * @param stop present once SteVe lists the transaction as stopped
 * @param connectorLimit maximum power of the connector; empty (or not positive) if unknown
 * @param sight when the transaction was seen (portal clock)
 * @param word an operator's statement about the energy
 */
public record MeteredTransaction(
        Instant startedAt,
        Energy startValue,
        Optional<MeterStop> stop,
        Optional<Power> connectorLimit,
        Sight sight,
        Word word) {

    /**
     * When the transaction was seen (portal clock).
     *
     * @param first when it was first seen
     * @param stopped when its stop was first seen; empty while it is live, and in the first answer with a stop
     * @param clockShift known lag of the station clock, see {@link StationClock}
     */
    public record Sight(Instant first, Optional<Instant> stopped, Optional<Duration> clockShift) {}

    /**
     * An operator's statement about the energy.
     *
     * @param decided energy of the closed session, instead of stop value − start value
     * @param jumpsUntil jumps of the register up to this instant (meter time) are real
     */
    public record Word(Optional<Energy> decided, Optional<Instant> jumpsUntil) {

        public static final Word NONE = new Word(Optional.empty(), Optional.empty());
    }

    /** A transaction that was seen at its start and has no operator's statement. */
    static MeteredTransaction seenAtItsStart(
            Instant startedAt, Energy startValue, Optional<MeterStop> stop, Optional<Power> connectorLimit) {
        var sight = new Sight(startedAt, Optional.empty(), Optional.empty());
        return new MeteredTransaction(startedAt, startValue, stop, connectorLimit, sight, Word.NONE);
    }
}
