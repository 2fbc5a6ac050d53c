package express.polaris.accounts.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.util.matcher.IpAddressMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Applies forwarding headers of trusted proxies only, and hides all forwarding headers from later filters and
 * handlers.
 */
class ForwardedHeaders extends OncePerRequestFilter {

    private static final Set<String> NAMES = Set.of(
            "forwarded",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-port",
            "x-forwarded-prefix",
            "x-forwarded-proto",
            "x-forwarded-ssl",
            "x-real-ip");

    private final List<IpAddressMatcher> trusted;

    /** @param trustedProxies IP addresses and CIDR blocks */
    ForwardedHeaders(List<String> trustedProxies) {
        this.trusted = trustedProxies.stream().map(IpAddressMatcher::new).toList();
    }

    static boolean arePresent(HttpServletRequest request) {
        return NAMES.stream().anyMatch(name -> request.getHeader(name) != null);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!arePresent(request)) {
            chain.doFilter(request, response);
        } else if (isTrusted(request.getRemoteAddr())) {
            chain.doFilter(new Seen(request, Forwarding.read(request, this::isTrusted)), response);
        } else {
            chain.doFilter(new Seen(request, Forwarding.none(request)), response);
        }
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    private boolean isTrusted(String address) {
        return Forwarding.isAddress(address) && trusted.stream().anyMatch(proxy -> proxy.matches(address));
    }

    /** Request as the client sent it, without forwarding headers. */
    private static final class Seen extends HttpServletRequestWrapper {

        private final Forwarding client;

        Seen(HttpServletRequest request, Forwarding client) {
            super(request);
            this.client = client;
        }

        @Override
        public @Nullable String getHeader(String name) {
            return isHidden(name) ? null : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return isHidden(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
        }

        @Override
        public Enumeration<String> getHeaderNames() {
            return Collections.enumeration(Collections.list(super.getHeaderNames()).stream()
                    .filter(name -> !isHidden(name))
                    .toList());
        }

        @Override
        public String getRemoteAddr() {
            return client.address();
        }

        @Override
        public String getRemoteHost() {
            return client.address();
        }

        @Override
        public String getScheme() {
            return client.scheme();
        }

        @Override
        public boolean isSecure() {
            return client.scheme().equals("https");
        }

        @Override
        public String getServerName() {
            return client.host();
        }

        @Override
        public int getServerPort() {
            return client.port();
        }

        @Override
        public StringBuffer getRequestURL() {
            boolean usual = client.port() == (isSecure() ? 443 : 80);
            return new StringBuffer(client.scheme())
                    .append("://")
                    .append(client.host())
                    .append(usual ? "" : ":" + client.port())
                    .append(getRequestURI());
        }

        private static boolean isHidden(String name) {
            return NAMES.contains(name.toLowerCase(Locale.ROOT));
        }
    }
}
