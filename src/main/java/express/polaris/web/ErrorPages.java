package express.polaris.web;

import express.polaris.documents.Texts;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * What a browser gets when a request fails: a page in its language, never an exception's text. Every other client gets
 * a problem detail (RFC 9457) that says nothing more than the page.
 */
@Controller
public class ErrorPages implements ErrorController {

    private final Pages pages;

    ErrorPages(Pages pages) {
        this.pages = pages;
    }

    /** A page of the given status; its text depends on the request's {@code Accept-Language} alone. */
    public ResponseEntity<byte[]> page(HttpStatusCode status, ErrorPage.Kind kind, HttpServletRequest request) {
        var texts = Texts.of(Texts.choose(request.getLocales()));
        return pages.render(status, "error/error.jte", new ErrorPage(texts, kind));
    }

    /** The one answer for what is not there, not yours, or not a number. */
    public ResponseEntity<byte[]> notFound(HttpServletRequest request) {
        return page(HttpStatus.NOT_FOUND, ErrorPage.Kind.NOT_FOUND, request);
    }

    /** For filters and handlers outside of controllers, such as a refused form. */
    public void write(
            HttpStatusCode status, ErrorPage.Kind kind, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var texts = Texts.of(Texts.choose(request.getLocales()));
        var body = pages.html("error/error.jte", new ErrorPage(texts, kind));
        response.setStatus(status.value());
        response.setContentType(Pages.HTML.toString());
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    @RequestMapping(path = "${server.error.path:${error.path:/error}}", produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<byte[]> errorPage(HttpServletRequest request) {
        var status = statusOf(request);
        return page(status, ErrorPage.Kind.of(status.value()), request);
    }

    @RequestMapping("${server.error.path:${error.path:/error}}")
    ResponseEntity<ProblemDetail> problem(HttpServletRequest request) {
        var status = statusOf(request);
        var english = Texts.of(Locale.ENGLISH);
        var problem = ProblemDetail.forStatusAndDetail(
                status, english.get(ErrorPage.Kind.of(status.value()).textKey()));
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    private static HttpStatusCode statusOf(HttpServletRequest request) {
        // A request that asks for the error page itself has no error: it gets what any unknown address gets.
        return request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status
                ? HttpStatusCode.valueOf(status)
                : HttpStatus.NOT_FOUND;
    }
}
