package express.polaris.metering;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * One row of a transaction's details as SteVe returns it: OCPP 1.6, 7.43 (SampledValue) with the time of its
 * MeterValue. No defaults are applied; values that the charger left out are empty.
 *
 * @param timestamp by the station's clock, to the microsecond; may be before the start, after the stop or in the
 *     future
 * @param value as sent: a number, scientific notation, nothing, or signed data
 * @param context OCPP ReadingContext, e.g. {@code Transaction.End}
 * @param measurand OCPP Measurand; empty means {@code Energy.Active.Import.Register}
 * @param phase OCPP Phase; empty means all phases together
 */
public record SampledValue(
        Instant timestamp,
        String value,
        Optional<String> context,
        Optional<String> format,
        Optional<String> measurand,
        Optional<String> location,
        Optional<String> unit,
        Optional<String> phase) {

    public SampledValue {
        timestamp = timestamp.truncatedTo(ChronoUnit.MICROS);
    }
}
