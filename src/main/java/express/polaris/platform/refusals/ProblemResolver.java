package express.polaris.platform.refusals;

import express.polaris.platform.sql.ConnectionFailures;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/** Maps exceptions of handlers to answers, for pages and JSON. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class ProblemResolver implements HandlerExceptionResolver {

    private static final Logger log = LoggerFactory.getLogger(ProblemResolver.class);

    private final ProblemWriter problems;

    ProblemResolver(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception exception) {
        if (response.isCommitted()
                || exception instanceof AsyncRequestNotUsableException
                || exception instanceof AsyncRequestTimeoutException
                || ConnectionFailures.areCauseOf(exception)) {
            // Without a connection the error page cannot be dispatched either: that looks for the session.
            return null;
        }
        try {
            answer(request, response, exception);
            return new ModelAndView();
        } catch (IOException e) {
            log.debug("An error response did not reach its client", e);
            return new ModelAndView();
        }
    }

    /** Sign-in links end with their secret. */
    private static String withoutSecrets(String path) {
        return path.replaceAll("[A-Za-z0-9_-]{40,}", "…");
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, Exception exception)
            throws IOException {
        if (exception instanceof Refusal refusal) {
            problems.write(refusal, request, response);
            return;
        }
        var problem = FrameworkProblems.of(exception);
        if (problem.status() >= 500) {
            log.error("{} {} failed", request.getMethod(), withoutSecrets(request.getServletPath()), exception);
        }
        FrameworkProblems.headers(exception)
                .forEach((name, values) -> values.forEach(v -> response.addHeader(name, v)));
        problems.write(problem, request, response);
    }
}
