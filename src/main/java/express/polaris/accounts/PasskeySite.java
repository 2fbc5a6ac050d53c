package express.polaris.accounts;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Site that passkeys are bound to; they work nowhere else.
 *
 * @param host WebAuthn's relying party id
 * @param origin origin of the page, as the browser reports it
 */
public record PasskeySite(String host, String origin) {

    private static final Pattern NUMERIC = Pattern.compile("[0-9.]+|\\[.*]");

    /**
     * Returns empty for an address without passkeys: browsers support them for host names over https, and for
     * {@code localhost}, but not for IP addresses.
     */
    public static Optional<PasskeySite> of(URI address) {
        var scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        var host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
        boolean secure = scheme.equals("https") || scheme.equals("http") && host.equals("localhost");
        if (!secure || address.getHost() == null || NUMERIC.matcher(host).matches()) {
            return Optional.empty();
        }
        int usual = scheme.equals("https") ? 443 : 80;
        boolean plain = address.getPort() == -1 || address.getPort() == usual;
        return Optional.of(new PasskeySite(host, scheme + "://" + host + (plain ? "" : ":" + address.getPort())));
    }
}
