package express.polaris.demo.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * SteVe's HTTP Basic authentication. A request without Basic credentials is redirected to the sign-in page rather than
 * rejected.
 */
record SignIn(String username, String password) {

    enum Outcome {
        GRANTED,
        REDIRECTED_TO_SIGN_IN_PAGE
    }

    /**
     * @throws ApiFault 401 for wrong Basic credentials
     */
    Outcome check(@Nullable String authorization) {
        if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith("basic ")) {
            return Outcome.REDIRECTED_TO_SIGN_IN_PAGE;
        }
        var credentials = decode(authorization.substring("basic ".length()).strip());
        int colon = credentials.indexOf(':');
        if (colon < 0) {
            throw ApiFault.unauthorized("Invalid basic authentication token");
        }
        if (!credentials.substring(0, colon).equals(username)) {
            throw ApiFault.unauthorized("The user does not exist, exists but is disabled or has API access disabled.");
        }
        if (!credentials.substring(colon + 1).equals(password)) {
            throw ApiFault.unauthorized("Invalid password");
        }
        return Outcome.GRANTED;
    }

    private static String decode(String token) {
        try {
            return new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ApiFault.unauthorized("Failed to decode basic authentication token");
        }
    }
}
