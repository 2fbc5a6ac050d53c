package express.polaris.web;

import express.polaris.accounts.access.SecurityHeaders;
import express.polaris.platform.refusals.ProblemWriter;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatusCode;

/**
 * Answers errors that reach no controller, with the same error page and problem details: requests that Tomcat refuses,
 * and failures outside of controllers. Replaces Tomcat's own pages.
 */
class ServerErrorValve extends ErrorReportValve {

    private static final Logger log = LoggerFactory.getLogger(ServerErrorValve.class);

    private final ErrorPageController pages;
    private final ProblemWriter problems;

    ServerErrorValve(ErrorPageController pages, ProblemWriter problems) {
        this.pages = pages;
        this.problems = problems;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        if (response.getStatus() < 400
                || response.getContentWritten() > 0
                || !response.setErrorReported()
                || !canWrite(response)) {
            return;
        }
        try {
            SecurityHeaders.protectError(request, response);
            write(request, response);
            response.finishResponse();
        } catch (IOException e) {
            log.debug("An error response did not reach its client", e);
        }
    }

    private void write(Request request, Response response) throws IOException {
        var address = request.getRequestURI();
        if (address != null && ProblemWriter.speaksJson(address)) {
            problems.writeJson(response.getStatus(), response);
        } else {
            var status = HttpStatusCode.valueOf(response.getStatus());
            pages.write(status, ErrorPage.Kind.of(status.value()), request, response);
        }
    }

    private static boolean canWrite(Response response) {
        var answer = new AtomicBoolean();
        response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, answer);
        return answer.get();
    }
}
