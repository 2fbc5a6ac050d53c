package express.polaris.accounts.access;

import express.polaris.platform.refusals.NotFound;
import express.polaris.platform.refusals.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;

/** Answers to requests that the security filters refuse. */
class AccessDenials implements AuthenticationEntryPoint, AccessDeniedHandler, RequestRejectedHandler {

    private final ProblemWriter problems;

    AccessDenials(ProblemWriter problems) {
        this.problems = problems;
    }

    /** Answers a request without a valid sign-in. */
    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException exception)
            throws IOException {
        if (ProblemWriter.speaksJson(request)) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            problems.write(401, "Sign in first, or send a token.", request, response);
        } else if (request.getHeader("HX-Request") != null) {
            response.setHeader("HX-Redirect", "/sign-in");
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        } else {
            if (isPageView(request)) {
                ReturnAddress.keep(request, response);
            }
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader(HttpHeaders.LOCATION, "/sign-in");
        }
    }

    /** Answers a signed-in request without permission, or with a missing or wrong CSRF token. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException exception)
            throws IOException {
        boolean signedIn = SecurityContextHolder.getContext().getAuthentication() instanceof SignedInAuthentication;
        if (exception instanceof CsrfException
                && (signedIn || request.getServletPath().equals("/sign-in"))) {
            problems.write(403, "The header X-CSRF-TOKEN is missing or wrong.", request, response);
        } else if (signedIn) {
            problems.write(new NotFound(), request, response);
        } else {
            commence(request, response, new Anonymous(exception));
        }
    }

    /** Answers a request that the firewall rejects: 405 for an unknown method, otherwise 404. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, RequestRejectedException exception)
            throws IOException {
        SecurityHeaders.protectError(request, response);
        boolean usual = Optional.of(HttpMethod.valueOf(request.getMethod()))
                .map(method -> List.of(HttpMethod.values()).contains(method))
                .orElse(false);
        if (usual) {
            problems.write(new NotFound(), request, response);
        } else {
            problems.write(405, "This address does not support that method.", request, response);
        }
    }

    /** Returns whether the request is a navigation and not a background request of a script. */
    static boolean isPageView(HttpServletRequest request) {
        var accept = request.getHeader(HttpHeaders.ACCEPT);
        var mode = request.getHeader("Sec-Fetch-Mode");
        return request.getMethod().equals("GET")
                && accept != null
                && accept.contains("text/html")
                && (mode == null || mode.equals("navigate"));
    }

    private static final class Anonymous extends AuthenticationException {

        private static final long serialVersionUID = 1L;

        Anonymous(Throwable cause) {
            super("Nobody is signed in", cause);
        }
    }
}
