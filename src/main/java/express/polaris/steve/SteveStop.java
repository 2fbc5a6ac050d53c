package express.polaris.steve;

import java.time.Instant;
import java.util.Optional;

/**
 * How a transaction ended, as SteVe says today: a later StopTransaction of the station replaces all of it.
 *
 * @param timestamp by the station's clock; may lie in the future
 * @param value the register at the end in Wh, as sent
 * @param reason OCPP 1.6, 7.36; often absent
 * @param actor {@code station} or {@code manual}
 */
public record SteveStop(Instant timestamp, Optional<String> value, Optional<String> reason, Optional<String> actor) {}
