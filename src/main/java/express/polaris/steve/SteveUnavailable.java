package express.polaris.steve;

import java.util.Optional;

/**
 * SteVe gave no usable answer. The message names the call and the expected answer; it never contains credentials,
 * idTags or whole bodies.
 */
public class SteveUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final SteveSymptom symptom;
    private final String evidence;

    SteveUnavailable(SteveSymptom symptom, String message) {
        this(symptom, message, Optional.empty(), Optional.empty());
    }

    /**
     * @param evidence the call and what came of it
     * @param expected description of the expected answer
     */
    SteveUnavailable(
            SteveSymptom symptom, String evidence, Optional<String> expected, Optional<? extends Throwable> cause) {
        super(evidence + expected.map(what -> "; expected " + what).orElse(""), cause.orElse(null));
        this.evidence = evidence;
        this.symptom = symptom;
    }

    public Reason reason() {
        return symptom.reason();
    }

    public SteveSymptom symptom() {
        return symptom;
    }

    /** The call and what came of it, in technical English: the message without the expected answer. */
    public String evidence() {
        return evidence;
    }

    /** Whether SteVe itself is unavailable, so that the same call may succeed later. */
    public boolean saysThatSteveIsAway() {
        return saysThatSteveIsAway(reason());
    }

    /** Same as {@link #saysThatSteveIsAway()}, for a reason. */
    public static boolean saysThatSteveIsAway(Reason reason) {
        return reason == Reason.CIRCUIT_OPEN || SteveTransport.saysThatSteveIsDown(reason);
    }

    /** Reason for the missing answer. */
    public enum Reason {
        /** A redirect, a 401, or a 2xx without JSON: what SteVe sends to unauthenticated clients. */
        NOT_AUTHORISED,
        /** No connection, or no complete answer, within the time limit. */
        TIMEOUT,
        /** Connection refused or broken, or a host name that does not resolve. */
        UNREACHABLE,
        /** A status of 500 or above. SteVe also sends it for malformed requests and when its database is down. */
        SERVER_ERROR,
        /** Truncated JSON, or JSON of another structure. */
        UNREADABLE,
        /** A body over the limits of {@link SteveLimits}. */
        TOO_LARGE,
        /** 403 (SteVe's answer for unknown paths), or another 4xx without a specific meaning. */
        REFUSED,
        /** Not sent: recent calls failed, and the next trial is not due yet. */
        CIRCUIT_OPEN
    }
}
