package express.polaris.web;

import express.polaris.accounts.access.SecurityHeaders;
import express.polaris.documents.Texts;
import express.polaris.platform.refusals.ProblemWriter;
import express.polaris.platform.refusals.Refusal;
import express.polaris.platform.settings.Settings;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * Answers failed requests. A browser gets a page in its language, any other client a problem detail (RFC 9457) with
 * the same text. Neither contains an exception's message.
 */
@Controller
public class ErrorPageController implements ErrorController {

    private final Pages pages;
    private final ZoneId zone;

    ErrorPageController(Pages pages, Settings settings) {
        this.pages = pages;
        this.zone = settings.timeZone();
    }

    /** Page with the given status. Its language depends only on the request's {@code Accept-Language}. */
    public ResponseEntity<byte[]> page(HttpStatusCode status, ErrorPage.Kind kind, HttpServletRequest request) {
        return pages.render(status, "error/error.jte", page(kind, request));
    }

    /** Answers alike for a resource that does not exist, belongs to another account, or has a malformed id. */
    public ResponseEntity<byte[]> notFound(HttpServletRequest request) {
        return page(HttpStatus.NOT_FOUND, ErrorPage.Kind.NOT_FOUND, request);
    }

    /** Writes the page from filters and handlers outside of controllers, such as for a rejected form. */
    public void write(
            HttpStatusCode status, ErrorPage.Kind kind, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var body = pages.html("error/error.jte", page(kind, request));
        response.setStatus(status.value());
        response.setContentType(Pages.HTML.toString());
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    @RequestMapping(path = "${server.error.path:${error.path:/error}}", produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<byte[]> errorPage(HttpServletRequest request, HttpServletResponse response) {
        SecurityHeaders.protectError(request, response);
        var status = statusOf(request);
        return page(status, ErrorPage.Kind.of(status.value()), request);
    }

    @RequestMapping("${server.error.path:${error.path:/error}}")
    ResponseEntity<ProblemDetail> problem(HttpServletRequest request, HttpServletResponse response) {
        SecurityHeaders.protectError(request, response);
        var status = statusOf(request);
        var english = Texts.of(Locale.ENGLISH);
        var problem = ProblemDetail.forStatusAndDetail(
                status, english.get(ErrorPage.Kind.of(status.value()).textKey()));
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    private ErrorPage page(ErrorPage.Kind kind, HttpServletRequest request) {
        var locale = Texts.choose(request.getLocales());
        var reason = request.getAttribute(ProblemWriter.REFUSAL) instanceof Refusal refusal
                ? Optional.of(new RefusalTexts(locale, zone).of(refusal))
                : Optional.<String>empty();
        return new ErrorPage(Texts.of(locale), kind, reason, kind.isTemporary() && isGet(request));
    }

    /** The error page itself is always asked for by GET. */
    private static boolean isGet(HttpServletRequest request) {
        var failed = request.getAttribute(RequestDispatcher.ERROR_METHOD);
        return HttpMethod.GET.name().equals(failed == null ? request.getMethod() : failed);
    }

    private static HttpStatusCode statusOf(HttpServletRequest request) {
        // A direct request of the error page has no error; it is answered as an unknown address.
        return request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status
                ? HttpStatusCode.valueOf(status)
                : HttpStatus.NOT_FOUND;
    }
}
