package express.polaris.console.overview;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Locale;

/**
 * Address at which a browser opened a page, as far as the portal can tell: forwarding headers count only if a trusted
 * proxy sent them.
 */
record SeenAddress(String scheme, String host, int port) {

    static SeenAddress of(HttpServletRequest request) {
        return new SeenAddress(
                request.getScheme(), request.getServerName().toLowerCase(Locale.ROOT), request.getServerPort());
    }

    static SeenAddress of(URI address) {
        var scheme = address.getScheme().toLowerCase(Locale.ROOT);
        int port = address.getPort() >= 0 ? address.getPort() : usualPort(scheme);
        return new SeenAddress(scheme, address.getHost().toLowerCase(Locale.ROOT), port);
    }

    boolean isEncrypted() {
        return scheme.equals("https");
    }

    /** Whether the host is this machine itself. */
    boolean isLocal() {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]") || host.equals("::1");
    }

    private static int usualPort(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }

    @Override
    public String toString() {
        return scheme + "://" + host + (port == usualPort(scheme) ? "" : ":" + port);
    }
}
