package express.polaris.web;

import express.polaris.accounts.access.SecurityHeaders;
import express.polaris.platform.database.DatabaseAvailability;
import express.polaris.platform.refusals.ProblemWriter;
import express.polaris.platform.refusals.RequestReason;
import express.polaris.platform.refusals.Unavailable;
import express.polaris.platform.sql.ConnectionFailures;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.PathContainer;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Answers 503 while the database is away, before anything asks the database, and also to requests that were under way.
 * Files and the probes need no database. Outermost of all filters that use it.
 */
class DatabaseGate extends OncePerRequestFilter {

    private static final List<PathPattern> WITHOUT_DATABASE = List.of(
                    "/assets/**",
                    "/webjars/**",
                    "/favicon.ico",
                    "/manifest.webmanifest",
                    "/robots.txt",
                    "/service-worker.js",
                    "/actuator/health/liveness",
                    "/actuator/health/readiness")
            .stream()
            .map(PathPatternParser.defaultInstance::parse)
            .toList();

    private static final String RETRY_AFTER_SECONDS = "5";

    private final DatabaseAvailability database;
    private final ErrorPageController pages;
    private final ProblemWriter problems;

    DatabaseGate(DatabaseAvailability database, ErrorPageController pages, ProblemWriter problems) {
        this.database = database;
        this.pages = pages;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        var path = PathContainer.parsePath(request.getRequestURI());
        return WITHOUT_DATABASE.stream().anyMatch(pattern -> pattern.matches(path));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (database.isAway()) {
            refuse(request, response);
            return;
        }
        try (var _ = database.enter(response::isCommitted)) {
            chain.doFilter(request, response);
        } catch (ServletException | IOException | RuntimeException e) {
            boolean isTheDatabase = database.isAway() || ConnectionFailures.areCauseOf(e);
            if (response.isCommitted() || !isTheDatabase) {
                throw e;
            }
            response.reset();
            refuse(request, response);
        }
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var refusal = new Unavailable(RequestReason.DATABASE_AWAY.with());
        SecurityHeaders.protectError(request, response);
        response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        if (ProblemWriter.speaksJson(request)) {
            problems.write(refusal, request, response);
        } else {
            request.setAttribute(ProblemWriter.REFUSAL, refusal);
            pages.write(HttpStatus.SERVICE_UNAVAILABLE, ErrorPage.Kind.UNAVAILABLE, request, response);
        }
    }
}
