package express.polaris.steve;

import java.time.Instant;
import java.util.Optional;

/**
 * One sampled value (OCPP 1.6, 7.43) as SteVe stored it: what the station left out is absent, never defaulted.
 *
 * @param valueTimestamp by the station's clock; may lie before the start, after the stop or in the future
 * @param value as sent: {@code "5.05E5"}, an empty string and signed data occur
 */
public record SteveMeterValue(
        Instant valueTimestamp,
        String value,
        Optional<String> readingContext,
        Optional<String> format,
        Optional<String> measurand,
        Optional<String> location,
        Optional<String> unit,
        Optional<String> phase) {}
