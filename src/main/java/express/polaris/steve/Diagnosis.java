package express.polaris.steve;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/** Finds the symptom of a call that got no answer, or none of SteVe's API. */
final class Diagnosis {

    /** Part of SteVe's message about a user who does not exist, is disabled, or has no API password. */
    private static final String API_ACCESS = "API access";

    private static final String SIGN_IN = "/manager/signin";
    private static final int LONGEST_LOCATION = 200;

    private Diagnosis() {}

    /** An answer with 401. */
    static SteveUnavailable unauthorised(SteveAnswer answer) {
        var message = answer.error().map(SteveError::message);
        var symptom = message.filter(said -> said.contains(API_ACCESS)).isPresent()
                ? SteveSymptom.API_ACCESS_OFF
                : SteveSymptom.WRONG_PASSWORD;
        var said = message.map(words -> ": " + SteveJson.shortened(words)).orElse(", not in SteVe's own JSON");
        return answer.call().unavailable(symptom, "was answered with " + answer.status() + said);
    }

    /**
     * An answer with 3xx.
     *
     * @param location header of that name; empty if it is missing
     */
    static SteveUnavailable redirected(SteveAnswer answer, String location) {
        // SteVe adds the id of a session after a semicolon.
        var target = location.replaceFirst("[;?#].*", "").replaceAll("[^\\x21-\\x7e]", "");
        var shown = target.substring(0, Math.min(target.length(), LONGEST_LOCATION));
        return answer.call()
                .unavailable(
                        target.endsWith(SIGN_IN) ? SteveSymptom.SIGN_IN_PAGE : SteveSymptom.REDIRECTED,
                        "was answered with %d to %s".formatted(answer.status(), shown.isEmpty() ? "nowhere" : shown));
    }

    /**
     * A call without an answer.
     *
     * @param server host and port
     */
    static SteveUnavailable disconnected(SteveCall call, String server, Throwable cause) {
        if (has(cause, UnresolvedAddressException.class) || has(cause, UnknownHostException.class)) {
            return call.unavailable(SteveSymptom.UNKNOWN_HOST, "found no host of the name in " + server, cause);
        }
        if (has(cause, SSLException.class)) {
            return call.unavailable(SteveSymptom.TLS_FAILED, "found no TLS connection to " + server, cause);
        }
        if (cause instanceof ConnectException || has(cause, NoRouteToHostException.class)) {
            return call.unavailable(SteveSymptom.CONNECTION_REFUSED, "found no connection to " + server, cause);
        }
        return call.unavailable(SteveSymptom.CONNECTION_LOST, "lost its connection to " + server, cause);
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return true;
            }
        }
        return false;
    }
}
