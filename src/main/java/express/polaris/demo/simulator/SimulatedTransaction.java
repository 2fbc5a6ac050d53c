package express.polaris.demo.simulator;

import java.time.Instant;
import java.util.Optional;

/**
 * Transaction as SteVe stores it.
 *
 * @param id in the order of arrival, not of start
 * @param startedAt station time
 */
public record SimulatedTransaction(
        long id,
        SimulatedChargeBox chargeBox,
        int connectorId,
        String idTag,
        Instant startedAt,
        long startWattHours,
        TransactionEnd end) {

    /** Whether a transaction is open or stopped. */
    public sealed interface TransactionEnd permits Open, Stopped {}

    /** SteVe has no stop. */
    public enum Open implements TransactionEnd {
        OPEN
    }

    /**
     * SteVe has a stop.
     *
     * @param at station time
     * @param reason absent if the station sent none
     */
    public record Stopped(Instant at, long wattHours, Optional<String> reason, StopActor actor)
            implements TransactionEnd {}

    public boolean isActive() {
        return end instanceof Open;
    }

    /** Station time of the stop, if there is one. */
    public Optional<Instant> stoppedAt() {
        return end instanceof Stopped stopped ? Optional.of(stopped.at()) : Optional.empty();
    }

    /** Register at the stop in Wh, if there is one. */
    public Optional<Long> stopWattHours() {
        return end instanceof Stopped stopped ? Optional.of(stopped.wattHours()) : Optional.empty();
    }

    SimulatedTransaction ended(Stopped stop) {
        return new SimulatedTransaction(id, chargeBox, connectorId, idTag, startedAt, startWattHours, stop);
    }
}
