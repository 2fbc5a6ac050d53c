package express.polaris.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * Lets no address through that could mean two things; whoever sends one finds nothing there. Where a charge box id is
 * part of a call's address, {@code %2F}, {@code %25} and {@code %3B} are characters of the id: the rules of access and the
 * mapping of calls both read the address as it was sent, segment by segment, so neither takes them for anything else.
 */
class LenientFirewall implements HttpFirewall {

    /** Calls that name a charge box in their address, whose id SteVe lets be anything. */
    private static final Pattern NAMES_A_CHARGE_BOX =
            Pattern.compile("/api/v1/(operator/chargers/[^/;]+|chargers/[^/;]+/start)");

    private final StrictHttpFirewall strict = new StrictHttpFirewall();
    private final StrictHttpFirewall lettingIdsBe = new StrictHttpFirewall();

    LenientFirewall() {
        lettingIdsBe.setAllowUrlEncodedSlash(true);
        lettingIdsBe.setAllowUrlEncodedDoubleSlash(true);
        lettingIdsBe.setAllowUrlEncodedPercent(true);
        lettingIdsBe.setAllowSemicolon(true);
    }

    /** @throws RequestRejectedException when something else than the address is unusual */
    @Override
    public FirewalledRequest getFirewalledRequest(HttpServletRequest request) {
        try {
            return NAMES_A_CHARGE_BOX.matcher(request.getRequestURI()).matches()
                    ? lettingIdsBe.getFirewalledRequest(request)
                    : strict.getFirewalledRequest(request);
        } catch (RequestRejectedException e) {
            return strict.getFirewalledRequest(new ToNowhere(request));
        }
    }

    @Override
    public HttpServletResponse getFirewalledResponse(HttpServletResponse response) {
        return strict.getFirewalledResponse(response);
    }

    private static final class ToNowhere extends HttpServletRequestWrapper {

        private final String path;

        ToNowhere(HttpServletRequest request) {
            super(request);
            this.path = Nowhere.of(request.getRequestURI());
        }

        @Override
        public String getRequestURI() {
            return path;
        }

        @Override
        public StringBuffer getRequestURL() {
            var url = super.getRequestURL();
            return url.replace(url.length() - super.getRequestURI().length(), url.length(), path);
        }

        @Override
        public String getServletPath() {
            return path;
        }

        @Override
        public @Nullable String getPathInfo() {
            return null;
        }
    }
}
