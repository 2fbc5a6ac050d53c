package express.polaris.metering;

import express.polaris.units.Energy;
import express.polaris.units.Power;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of the transaction whose readings are looked at.
 *
 * @param startedAt as SteVe says, by the station's clock
 * @param startValue the register at the start, see {@link MeterValueText#parse(String)}
 * @param stop present as soon as SteVe lists the transaction as stopped
 * @param connectorLimit the most the connector can deliver; empty (or not positive) when unknown
 * @param sight when the transaction was seen, by our clock
 * @param word what an operator said about the energy
 */
public record MeteredTransaction(
        Instant startedAt,
        Energy startValue,
        Optional<MeterStop> stop,
        Optional<Power> connectorLimit,
        Sight sight,
        Word word) {

    /**
     * When the transaction was seen, by our clock.
     *
     * @param first when it was seen first
     * @param stopped when its stop was seen first; empty while it is live and when this is the first answer with a stop
     * @param clockShift by how much the station's clock was found to lag so far, see {@link StationClock}
     */
    public record Sight(Instant first, Optional<Instant> stopped, Optional<Duration> clockShift) {}

    /**
     * What an operator said about the energy.
     *
     * @param decided the energy of the closed session, instead of stop value − start value
     * @param jumpsUntil rises of the register that nothing can deliver are real up to this instant of the meter
     */
    public record Word(Optional<Energy> decided, Optional<Instant> jumpsUntil) {

        public static final Word NONE = new Word(Optional.empty(), Optional.empty());
    }

    /** A transaction that was seen when it started and about which no operator has said anything. */
    static MeteredTransaction seenAtItsStart(
            Instant startedAt, Energy startValue, Optional<MeterStop> stop, Optional<Power> connectorLimit) {
        var sight = new Sight(startedAt, Optional.empty(), Optional.empty());
        return new MeteredTransaction(startedAt, startValue, stop, connectorLimit, sight, Word.NONE);
    }
}
