package express.polaris.steve;

import express.polaris.steve.SteveUnavailable.Reason;
import java.util.Locale;

/**
 * What a call without a usable answer shows about SteVe or the way to it. Finer than {@link Reason}, which decides what
 * the portal does next; the symptom decides what an operator is advised to do. The answers of SteVe are those of 3.13
 * to 3.15 as recorded.
 */
public enum SteveSymptom {
    /** The host name of the base URL does not resolve. */
    UNKNOWN_HOST(Reason.UNREACHABLE),
    /** Nothing accepts connections at host and port. */
    CONNECTION_REFUSED(Reason.UNREACHABLE),
    /** The connection ended before the answer was complete. */
    CONNECTION_LOST(Reason.UNREACHABLE),
    /** No TLS with the server: its certificate is not trusted, or it does not speak TLS. */
    TLS_FAILED(Reason.UNREACHABLE),
    /** No connection within the time limit, as with a firewall that drops packets. */
    CONNECT_TIMEOUT(Reason.TIMEOUT),
    /** A connection, but no complete answer within the time limit. */
    ANSWER_TIMEOUT(Reason.TIMEOUT),
    /** 401 that says: the user does not exist, is disabled, or has no API password. */
    API_ACCESS_OFF(Reason.NOT_AUTHORISED),
    /** Any other 401. */
    WRONG_PASSWORD(Reason.NOT_AUTHORISED),
    /** A redirect to SteVe's sign-in page: the address is one of SteVe's web pages and not below its API. */
    SIGN_IN_PAGE(Reason.NOT_AUTHORISED),
    /** A redirect to anywhere else, such as a proxy's from http to https. */
    REDIRECTED(Reason.NOT_AUTHORISED),
    /** Success with something other than JSON. */
    OTHER_PAGE(Reason.NOT_AUTHORISED),
    /** 403: SteVe's answer for a path that its API does not have. */
    FORBIDDEN(Reason.REFUSED),
    /** 404 that is not about a transaction: the server has nothing at this path. */
    NOT_FOUND(Reason.REFUSED),
    /** Another 4xx. */
    REFUSED(Reason.REFUSED),
    /** 500 or above. */
    SERVER_ERROR(Reason.SERVER_ERROR),
    /** JSON of another structure, or truncated. */
    OTHER_JSON(Reason.UNREADABLE),
    /** A body over the limits of {@link SteveLimits}. */
    TOO_LARGE(Reason.TOO_LARGE),
    /** Not sent, because recent calls failed. */
    RESTING(Reason.CIRCUIT_OPEN);

    private final Reason reason;

    SteveSymptom(Reason reason) {
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Name in keys of texts, e.g. {@code unknown_host}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
