package express.polaris.accounts.access;

import express.polaris.accounts.SingleSignOnFailure;
import express.polaris.accounts.access.SignInPageRenderer.Failure;
import express.polaris.accounts.access.SignInPageRenderer.Form;
import express.polaris.accounts.oidc.OidcSignIns;
import express.polaris.platform.refusals.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Has sign-ins that came from the issuer confirmed by it before a request uses them. A page goes to the issuer by a
 * redirect if only the browser can do that; anything else is answered as if nobody were signed in.
 */
class IssuerConfirmationFilter extends OncePerRequestFilter {

    private static final String RETRY_AFTER_SECONDS = "30";

    private final OidcSignIns signIns;
    private final SignInPageRenderer page;
    private final ProblemWriter problems;

    IssuerConfirmationFilter(OidcSignIns signIns, SignInPageRenderer page, ProblemWriter problems) {
        this.signIns = signIns;
        this.page = page;
        this.problems = problems;
    }

    /** Signing in by another way, and out, works without the issuer. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        var path = request.getServletPath();
        return path.startsWith("/sign-in")
                || path.equals("/sign-out")
                || path.equals("/offline")
                || Bearer.isIn(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var session = request.getSession(false);
        if (session == null || !SignInContext.isFromIssuer(session)) {
            chain.doFilter(request, response);
            return;
        }
        switch (signIns.confirm(session.getId())) {
            case HOLDS -> chain.doFilter(request, response);
            case ENDED -> {
                end(session);
                askAgain(request, response, chain);
            }
            case ASK_AGAIN -> askAgain(request, response, chain);
            case UNREACHABLE -> unreachable(request, response);
        }
    }

    private static void end(HttpSession session) {
        session.invalidate();
    }

    private void askAgain(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (AccessDenials.isPageView(request) && !ProblemWriter.speaksJson(request)) {
            ReturnAddress.keep(request, response);
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader(HttpHeaders.LOCATION, SingleSignOnController.START);
        } else {
            SignInContext.set(request, Optional.empty());
            chain.doFilter(request, response);
        }
    }

    private void unreachable(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        if (AccessDenials.isPageView(request)
                && !ProblemWriter.speaksJson(request)
                && request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken csrf) {
            var failure = new Failure.SingleSignOn(SingleSignOnFailure.UNCONFIRMED);
            SignInContext.set(request, Optional.empty());
            write(
                    SingleSignOnFailure.UNCONFIRMED.status(),
                    page.html(new Form("", Optional.of(failure), csrf), request),
                    response);
        } else {
            problems.write(503, "The issuer that confirms this sign-in does not answer.", request, response);
        }
    }

    /** Writes a page that is complete. */
    static void write(int status, byte[] html, HttpServletResponse response) throws IOException {
        response.setStatus(status);
        response.setContentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8).toString());
        response.setContentLength(html.length);
        response.getOutputStream().write(html);
    }
}
