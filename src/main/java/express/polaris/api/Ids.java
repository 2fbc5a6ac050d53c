package express.polaris.api;

import express.polaris.problems.NotFound;
import express.polaris.sessions.SessionId;
import java.util.Optional;

/** Numbers that name something, in addresses and queries. */
final class Ids {

    private Ids() {}

    /** @throws NotFound for everything that is no id */
    static long inPath(String text) {
        return parse(text).orElseThrow(NotFound::new);
    }

    /** Empty for everything that is no id: it names nothing. */
    static Optional<Long> parse(String text) {
        return SessionId.parse(text).map(SessionId::value);
    }
}
