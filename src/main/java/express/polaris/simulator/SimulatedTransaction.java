package express.polaris.simulator;

import java.time.Instant;
import java.util.Optional;

/**
 * A transaction as SteVe holds it.
 *
 * @param id the order of arrival, not of start
 * @param startedAt by the station's clock
 */
public record SimulatedTransaction(
        long id,
        SimulatedChargeBox chargeBox,
        int connectorId,
        String idTag,
        Instant startedAt,
        long startWattHours,
        TransactionEnd end) {

    /** How a transaction stands: open, or stopped. */
    public sealed interface TransactionEnd permits Open, Stopped {}

    /** SteVe has no stop. */
    public enum Open implements TransactionEnd {
        OPEN
    }

    /**
     * SteVe has a stop.
     *
     * @param reason absent when the station sent none
     */
    public record Stopped(Instant at, long wattHours, Optional<String> reason, StopActor actor)
            implements TransactionEnd {}

    public boolean isActive() {
        return end instanceof Open;
    }

    /** The stop's instant by the station's clock, when there is a stop. */
    public Optional<Instant> stoppedAt() {
        return end instanceof Stopped stopped ? Optional.of(stopped.at()) : Optional.empty();
    }

    /** The register at the stop, when there is a stop. */
    public Optional<Long> stopWattHours() {
        return end instanceof Stopped stopped ? Optional.of(stopped.wattHours()) : Optional.empty();
    }

    SimulatedTransaction ended(Stopped stop) {
        return new SimulatedTransaction(id, chargeBox, connectorId, idTag, startedAt, startWattHours, stop);
    }
}
