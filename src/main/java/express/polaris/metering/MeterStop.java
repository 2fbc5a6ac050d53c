package express.polaris.metering;

import express.polaris.units.Energy;
import java.time.Instant;
import java.util.Optional;

/**
 * The end of a transaction as SteVe has it.
 *
 * @param at by the station's clock; may lie in the future: a stop by hand can carry such a time
 * @param value the register at the stop; empty when it is missing or unreadable
 * @param isManual SteVe set it itself, at an operator's command; the station may still be charging
 */
public record MeterStop(Instant at, Optional<Energy> value, boolean isManual) {}
