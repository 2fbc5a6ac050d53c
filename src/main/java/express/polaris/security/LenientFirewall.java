package express.polaris.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/** Lets no address through that could mean two things; whoever sends one finds nothing there. */
class LenientFirewall implements HttpFirewall {

    private final StrictHttpFirewall strict = new StrictHttpFirewall();

    /** @throws RequestRejectedException when something else than the address is unusual */
    @Override
    public FirewalledRequest getFirewalledRequest(HttpServletRequest request) {
        try {
            return strict.getFirewalledRequest(request);
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
