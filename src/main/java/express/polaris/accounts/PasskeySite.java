package express.polaris.accounts;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The site that passkeys are made for; they work nowhere else.
 *
 * @param host WebAuthn's relying party id
 * @param origin what a browser says where its page is from
 */
public record PasskeySite(String host, String origin) {

    private static final Pattern NUMERIC = Pattern.compile("[0-9.]+|\\[.*]");

    /**
     * Browsers make passkeys for names with https only, and for this machine under the name {@code localhost}: empty for
     * any other address, such as one with a number for a host.
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
