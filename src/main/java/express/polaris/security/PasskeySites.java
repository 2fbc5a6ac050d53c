package express.polaris.security;

import express.polaris.accounts.PasskeySignIn.Asking;
import express.polaris.accounts.PasskeySite;
import express.polaris.settings.Settings;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * For which site passkeys are made and taken: that of {@code POLARIS_PUBLIC_URL}. Without it, what a request says is
 * believed for {@code localhost} alone, which is always the machine of whoever asks.
 */
@Component
public class PasskeySites {

    private final Settings settings;

    PasskeySites(Settings settings) {
        this.settings = settings;
    }

    /** Empty where there can be no passkeys. */
    public Optional<PasskeySite> of(HttpServletRequest request) {
        return settings.publicUrl().isPresent()
                ? settings.publicUrl().flatMap(PasskeySite::of)
                : PasskeySite.of(address(request)).filter(site -> site.host().equals("localhost"));
    }

    /** The browser that asks, known by the cookie that proves its writes. */
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
