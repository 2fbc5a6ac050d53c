package express.polaris.accounts.access;

import express.polaris.accounts.Viewing;
import express.polaris.accounts.ViewingService;
import express.polaris.platform.refusals.NotFound;
import express.polaris.platform.refusals.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.PathContainer;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Limits an operator who views a driver's portal to its pages and their data streams, with GET and HEAD. Pages that
 * are not listed here give 404: account, tokens, devices, statements, PDF, CSV and the whole console. Writes are
 * refused (423), except ending the viewing and signing out.
 */
class ReadOnlyViewingFilter extends OncePerRequestFilter {

    static final String END = "/view-as/end";

    /** Paths of the portal that a viewing operator may read. */
    private static final List<PathPattern> SEEN = Stream.of(
                    "/",
                    "/sessions",
                    "/sessions/{id:[0-9]+}",
                    "/cards",
                    "/chargers",
                    "/chargers/{id}",
                    "/invoices",
                    "/invoices/{number:[A-Za-z0-9_-]+}",
                    "/notifications",
                    "/starts/{id}",
                    "/starts/{id}/state",
                    "/charging",
                    "/offline",
                    "/api/v1/stream",
                    "/api/v1/sessions/{id:[0-9]+}",
                    "/api/v1/sessions/{id:[0-9]+}/timeline",
                    "/api/v1/sessions/{id:[0-9]+}/stream")
            .map(PathPatternParser.defaultInstance::parse)
            .toList();

    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final Set<String> ENDING = Set.of(END, "/sign-out");

    private final ViewingService viewings;
    private final ProblemWriter problems;

    ReadOnlyViewingFilter(ViewingService viewings, ProblemWriter problems) {
        this.viewings = viewings;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!(SecurityContextHolder.getContext().getAuthentication() instanceof SignedInAuthentication who)
                || who.getPrincipal().viewing().isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        var viewing = who.getPrincipal().viewing().get();
        boolean reads = READING.contains(request.getMethod());
        if (!reads && isEnding(request)) {
            chain.doFilter(request, response);
        } else if (viewing.isOver()) {
            viewings.end(viewing.id(), ViewingService.End.LAPSED);
            answerAfterwards(viewing, request, response);
        } else if (!reads) {
            refuse(request, response);
        } else if (isSeen(request)) {
            chain.doFilter(request, response);
        } else {
            problems.write(new NotFound(), request, response);
        }
    }

    /**
     * Returns the operator's next page; never the same path as in the driver's portal, which would show the
     * operator's own data.
     */
    static String afterwards(Viewing viewing, String done) {
        return viewing.operator().isOperator()
                ? "/operator/drivers/" + viewing.driver().id() + "?done=" + done
                : "/";
    }

    private void answerAfterwards(Viewing viewing, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (!request.getMethod().equals("GET") || ProblemWriter.speaksJson(request)) {
            refuse(request, response);
        } else if (request.getHeader("HX-Request") != null) {
            response.setHeader("HX-Redirect", afterwards(viewing, "viewing-over"));
        } else {
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader(HttpHeaders.LOCATION, afterwards(viewing, "viewing-over"));
        }
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
        problems.write(423, "You are viewing a driver's portal, read-only; end that first.", request, response);
    }

    private static boolean isEnding(HttpServletRequest request) {
        return request.getMethod().equals("POST") && ENDING.contains(request.getServletPath());
    }

    private static boolean isSeen(HttpServletRequest request) {
        var path = PathContainer.parsePath(request.getRequestURI());
        return SEEN.stream().anyMatch(pattern -> pattern.matches(path));
    }
}
