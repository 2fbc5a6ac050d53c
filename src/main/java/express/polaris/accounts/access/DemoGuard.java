package express.polaris.accounts.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Restricts the demo to this machine, because the passwords of its accounts are public. The host name must be a
 * local one, against DNS rebinding, and requests through a proxy are refused.
 */
class DemoGuard extends OncePerRequestFilter {

    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!isHere(request.getHeader("Host")) || !isHere(request.getServerName())) {
            refuse(response, 421, "This is a demo: it answers to http://localhost only.");
        } else if (ForwardedHeaders.arePresent(request)) {
            refuse(response, 400, "This is a demo: it does not work behind a proxy.");
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean isHere(String host) {
        return host != null && HERE.contains(host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT));
    }

    private static void refuse(HttpServletResponse response, int status, String why) throws IOException {
        var body = (why + "\n").getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType(MediaType.TEXT_PLAIN_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
