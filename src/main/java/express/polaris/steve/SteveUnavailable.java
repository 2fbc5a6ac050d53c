package express.polaris.steve;

import java.util.Optional;

/**
 * SteVe gave no answer that can be used. The message names the call and what was expected; it never carries
 * credentials, idTags or whole bodies.
 */
public class SteveUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    SteveUnavailable(Reason reason, String message) {
        this(reason, message, Optional.empty());
    }

    SteveUnavailable(Reason reason, String message, Optional<? extends Throwable> cause) {
        super(message, cause.orElse(null));
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Whether it may answer in a moment, rather than never to this question. */
    public boolean saysThatSteveIsAway() {
        return saysThatSteveIsAway(reason);
    }

    /** The same of a reason alone. */
    public static boolean saysThatSteveIsAway(Reason reason) {
        return reason == Reason.CIRCUIT_OPEN || SteveTransport.saysThatSteveIsDown(reason);
    }

    /** Why there is no answer. */
    public enum Reason {
        /** A redirect, 401, or something else than JSON with 200: what SteVe shows to those who are not signed in. */
        NOT_AUTHORISED,
        /** No connection, or not the whole answer, within the time allowed. */
        TIMEOUT,
        /** Connection refused or broken, or a host that has no address. */
        UNREACHABLE,
        /** A status of 500 and above. SteVe says that also for malformed requests and when its database is down. */
        SERVER_ERROR,
        /** Half a JSON document, or one of another shape. */
        UNREADABLE,
        /** More bytes than {@link SteveLimits} allow. */
        TOO_LARGE,
        /** 403 (SteVe's answer for unknown paths), or another 4xx that means nothing else. */
        REFUSED,
        /** Not called at all: the last calls failed, and the next try is not due yet. */
        CIRCUIT_OPEN
    }
}
