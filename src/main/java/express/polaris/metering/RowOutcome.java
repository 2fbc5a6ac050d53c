package express.polaris.metering;

import java.util.Optional;

/**
 * Outcome of one row of SteVe's answer.
 *
 * @param row index in the answer, from 0
 * @param position of the event that the row made, or to which it contributed power or state of charge
 * @param reason a stable identifier, for some followed by {@code ": "} and a detail. With a position: {@code energy},
 *     {@code power}, {@code soc}, {@code closing}. Without: {@code before_start}, {@code after_stop},
 *     {@code held_until} (the instant from which it counts), {@code unreadable} (why), {@code signed_data},
 *     {@code not_used} (another measurand or phase), {@code other_series}, {@code phase_incomplete}, {@code duplicate},
 *     {@code superseded}, {@code unchanged}, {@code noise}, {@code outlier} (off the path of the session),
 *     {@code undecided} (off the path until the next readings decide), {@code no_event} (power or state of charge that
 *     no event took up; the live reading still shows it)
 */
public record RowOutcome(int row, Optional<Integer> position, String reason) {}
