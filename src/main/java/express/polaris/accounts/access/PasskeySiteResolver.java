package express.polaris.accounts.access;

import express.polaris.accounts.PasskeySignIn.Asking;
import express.polaris.accounts.PasskeySite;
import express.polaris.platform.settings.Settings;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Site for passkeys: the one of {@code POLARIS_PUBLIC_URL}. Without that setting, the request's own address is
 * trusted only for {@code localhost}, which is always the client's machine.
 */
@Component
public class PasskeySiteResolver {

    private final Settings settings;

    PasskeySiteResolver(Settings settings) {
        this.settings = settings;
    }

    /** Returns the site; empty where passkeys are not possible. */
    public Optional<PasskeySite> of(HttpServletRequest request) {
        return settings.publicUrl().isPresent()
                ? settings.publicUrl().flatMap(PasskeySite::of)
                : PasskeySite.of(address(request)).filter(site -> site.host().equals("localhost"));
    }

    /** The requesting browser, identified by its CSRF cookie. */
    public Optional<Asking> asking(HttpServletRequest request) {
        return of(request)
                .map(site -> new Asking(
                        site,
                        Cookies.read(request, SecurityConfiguration.CSRF_COOKIE).orElse("")));
    }

    private static URI address(HttpServletRequest request) {
        boolean here = request.getServerName().equalsIgnoreCase("localhost");
        return URI.create(here ? request.getScheme() + "://localhost:" + request.getServerPort() : "about:blank");
    }
}
