package express.polaris.steve;

import java.net.URI;
import java.util.Locale;

/**
 * Address of SteVe and the credentials for it.
 *
 * @param baseUrl SteVe's context, e.g. {@code http://host:8180/steve}; the API is at {@code /api/v1} below it
 * @param username an API user of SteVe
 * @param password that user's API password; never part of {@link #toString()}
 */
public record SteveSettings(URI baseUrl, String username, String password, SteveLimits limits) {

    private static final String API = "/api/v1";

    /**
     * @throws IllegalArgumentException with a message that says what is wrong and what is valid
     */
    public SteveSettings {
        String scheme = baseUrl.getScheme() == null ? "" : baseUrl.getScheme().toLowerCase(Locale.ROOT);
        if (!(scheme.equals("http") || scheme.equals("https")) || baseUrl.getHost() == null) {
            throw new IllegalArgumentException(
                    "SteVe's base URL must be like http://host:8180/steve, with http or https and a host");
        }
        if (baseUrl.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "SteVe's base URL must not contain a username or password; use their own settings");
        }
        if (baseUrl.getRawQuery() != null || baseUrl.getRawFragment() != null) {
            throw new IllegalArgumentException("SteVe's base URL must end with its path, e.g. http://host:8180/steve");
        }
        String text = baseUrl.toString().replaceAll("/+$", "");
        if (text.endsWith(API)) {
            throw new IllegalArgumentException(
                    "SteVe's base URL is given without " + API + ", e.g. http://host:8180/steve");
        }
        if (username.isBlank() || username.contains(":")) {
            throw new IllegalArgumentException("SteVe's API username must not be empty or contain a colon");
        }
        baseUrl = URI.create(text);
    }

    public static SteveSettings of(URI baseUrl, String username, String password) {
        return new SteveSettings(baseUrl, username, password, SteveLimits.defaults());
    }

    public SteveSettings withLimits(SteveLimits other) {
        return new SteveSettings(baseUrl, username, password, other);
    }

    @Override
    public String toString() {
        return "SteveSettings[baseUrl=%s, username=%s, password=***, limits=%s]".formatted(baseUrl, username, limits);
    }
}
