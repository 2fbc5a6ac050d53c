package express.polaris.sessions;

import java.time.Instant;
import java.util.Optional;

/** How complete the sessions are: known by the module that imports them. */
public interface Completeness {

    /** When all of SteVe's recent transactions were last compared with the sessions; empty while that is due. */
    Optional<Instant> comparedAt();
}
