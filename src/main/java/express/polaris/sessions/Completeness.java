package express.polaris.sessions;

import java.time.Instant;
import java.util.Optional;

/** Completeness of the sessions, implemented by the module that imports them. */
public interface Completeness {

    /** When all recent SteVe transactions were last compared with the sessions; empty while a comparison is due. */
    Optional<Instant> comparedAt();
}
