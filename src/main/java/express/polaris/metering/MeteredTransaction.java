package express.polaris.metering;

import express.polaris.units.Energy;
import express.polaris.units.Power;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of the transaction whose readings are looked at.
 *
 * @param startValue the register at the start, see {@link MeterValueText#parse(String)}
 * @param stop present as soon as SteVe lists the transaction as stopped
 * @param connectorLimit the most the connector can deliver; empty (or not positive) when unknown
 */
public record MeteredTransaction(
        Instant startedAt, Energy startValue, Optional<MeterStop> stop, Optional<Power> connectorLimit) {}
