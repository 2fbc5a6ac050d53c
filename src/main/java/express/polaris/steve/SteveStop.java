package express.polaris.steve;

import java.time.Instant;
import java.util.Optional;

/**
 * Current stop of a transaction in SteVe; a later StopTransaction of the station replaces all of it.
 *
 * @param timestamp station time; may be in the future
 * @param value register at the stop in Wh, as sent
 * @param reason OCPP 1.6, 7.36; often absent
 * @param actor {@code station} or {@code manual}
 */
public record SteveStop(Instant timestamp, Optional<String> value, Optional<String> reason, Optional<String> actor) {}
