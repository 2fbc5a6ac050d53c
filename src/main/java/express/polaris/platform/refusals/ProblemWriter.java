package express.polaris.platform.refusals;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes refusals: a problem detail under {@code /api} and {@code /actuator}, elsewhere the error page of the
 * status. For filters and handlers outside of controllers; a controller throws a {@link Refusal} instead.
 */
@Component
public class ProblemWriter {

    /**
     * Name of the request attribute with the {@link Refusal} that an error page explains. It is absent for refusals
     * that a page does not explain; all answers with 404 are the same.
     */
    public static final String REFUSAL = ProblemWriter.class.getName() + ".refusal";

    private final JsonMapper json;

    ProblemWriter(JsonMapper json) {
        this.json = json;
    }

    /** Answers the request, unless the response is already committed. */
    public void write(Refusal refusal, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (refusal instanceof TooMany tooMany) {
            var seconds = Math.max(1, tooMany.retryAfter().plusMillis(999).toSeconds());
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        }
        if (refusal instanceof Unauthorized && speaksJson(request)) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        switch (refusal) {
            case Conflict _, InvalidInput _, Unavailable _ -> request.setAttribute(REFUSAL, refusal);
            case BadParameter _, NotFound _, TooMany _, Unauthorized _ -> {}
        }
        write(refusal.problem(), request, response);
    }

    /**
     * Answers with a status that has no {@link Refusal} type, such as 401 or 405.
     *
     * @param detail a sentence that may be shown; pages use their own text
     */
    public void write(int status, String detail, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        write(ProblemDetail.of(status, detail), request, response);
    }

    void write(ProblemDetail problem, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        if (!speaksJson(request)) {
            response.sendError(problem.status());
            return;
        }
        writeJson(problem, response);
    }

    /** Writes the problem detail of a status, for answers outside of the application's handlers and filters. */
    public void writeJson(int status, HttpServletResponse response) throws IOException {
        writeJson(FrameworkProblems.ofStatus(status), response);
    }

    private void writeJson(ProblemDetail problem, HttpServletResponse response) throws IOException {
        var body = json.writeValueAsBytes(problem.json());
        response.setStatus(problem.status());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** Returns whether the client is a program, which never gets pages or redirects. */
    public static boolean speaksJson(HttpServletRequest request) {
        return speaksJson(request.getServletPath());
    }

    /** As {@link #speaksJson(HttpServletRequest)}, by the path. */
    public static boolean speaksJson(String path) {
        return isUnder("/api", path) || isUnder("/actuator", path);
    }

    private static boolean isUnder(String root, String path) {
        return path.equals(root) || path.startsWith(root + "/");
    }
}
