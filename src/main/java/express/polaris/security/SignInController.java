package express.polaris.security;

import express.polaris.accounts.Credentials;
import express.polaris.accounts.Credentials.Attempt;
import express.polaris.problems.TooMany;
import express.polaris.security.SignInPage.Failure;
import express.polaris.security.SignInPage.Form;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Signing in and out with a form. */
@Controller
class SignInController {

    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    private final Credentials credentials;
    private final SignIns signIns;
    private final SignInPage page;

    SignInController(Credentials credentials, SignIns signIns, SignInPage page) {
        this.credentials = credentials;
        this.signIns = signIns;
        this.page = page;
    }

    @GetMapping("/sign-in")
    ResponseEntity<?> form(HttpServletRequest request, CsrfToken csrf) {
        if (SecurityContextHolder.getContext().getAuthentication() instanceof SignedInAuthentication who) {
            return seeOther(ReturnAddress.homeOf(who.getPrincipal().account()));
        }
        return answer(HttpStatus.OK, new Form("", Optional.empty(), csrf), request);
    }

    @PostMapping("/sign-in")
    ResponseEntity<?> signIn(
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String password,
            HttpServletRequest request,
            HttpServletResponse response,
            CsrfToken csrf) {
        try {
            var attempt = new Attempt(email, password, request.getRemoteAddr(), SignIns.browser(request));
            var access = credentials.check(attempt);
            if (access.isPresent()) {
                return seeOther(signIns.begin(access.get(), request, response));
            }
            return answer(HttpStatus.UNAUTHORIZED, new Form(email, Optional.of(new Failure.Wrong()), csrf), request);
        } catch (TooMany tooMany) {
            var wait = tooMany.retryAfter();
            response.setHeader(
                    HttpHeaders.RETRY_AFTER, Long.toString(wait.plusMillis(999).toSeconds()));
            var failure = new Failure.TooManyTries(wait);
            return answer(HttpStatus.TOO_MANY_REQUESTS, new Form(email, Optional.of(failure), csrf), request);
        }
    }

    @PostMapping("/sign-out")
    ResponseEntity<?> signOut(HttpServletRequest request) {
        signIns.end(request);
        return seeOther("/sign-in");
    }

    private ResponseEntity<byte[]> answer(HttpStatus status, Form form, HttpServletRequest request) {
        return ResponseEntity.status(status).contentType(HTML).body(page.html(form, request));
    }

    private static ResponseEntity<Void> seeOther(String path) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(path))
                .build();
    }
}
