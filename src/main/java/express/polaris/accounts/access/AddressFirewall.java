package express.polaris.accounts.access;

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
 * Rejects ambiguous paths as not found. Where a charge box id is part of an API path, {@code %2F}, {@code %25} and
 * {@code %3B} are characters of the id: the access rules and the handler mapping both read the raw path, segment by
 * segment, so neither misreads them.
 */
class AddressFirewall implements HttpFirewall {

    /** API paths with a charge box id; SteVe allows any characters in it. */
    private static final Pattern NAMES_A_CHARGE_BOX =
            Pattern.compile("/api/v1/(operator/chargers/[^/;]+|chargers/[^/;]+/start)");

    private final StrictHttpFirewall strict = new StrictHttpFirewall();
    private final StrictHttpFirewall lettingIdsBe = new StrictHttpFirewall();

    AddressFirewall() {
        lettingIdsBe.setAllowUrlEncodedSlash(true);
        lettingIdsBe.setAllowUrlEncodedDoubleSlash(true);
        lettingIdsBe.setAllowUrlEncodedPercent(true);
        lettingIdsBe.setAllowSemicolon(true);
    }

    /**
     * @throws RequestRejectedException when something other than the path is unusual
     */
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
            this.path = UnmappedPath.of(request.getRequestURI());
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
