package express.polaris.portal.signin;

import express.polaris.accounts.AccountPasswords;
import express.polaris.accounts.SignInLinks;
import express.polaris.accounts.SignInLinks.Purpose;
import express.polaris.accounts.access.SignInService;
import express.polaris.documents.Texts;
import express.polaris.messages.mail.Outbox;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.NotFound;
import express.polaris.platform.refusals.TooMany;
import express.polaris.portal.PortalPages;
import express.polaris.portal.signin.SignInStepPage.Step;
import express.polaris.web.AfterForm;
import express.polaris.web.RefusalTexts;
import express.polaris.web.Shell;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Sign-in by e-mail. Opening a link does not use it up, because mail programs open links to check them; only posting the
 * form does. Without mail these pages do not exist.
 */
@Controller
class SignInLinkController {

    private final SignInLinks links;
    private final AccountPasswords passwords;
    private final SignInService signIns;
    private final Outbox outbox;
    private final PortalPages pages;

    SignInLinkController(
            SignInLinks links, AccountPasswords passwords, SignInService signIns, Outbox outbox, PortalPages pages) {
        this.links = links;
        this.passwords = passwords;
        this.signIns = signIns;
        this.outbox = outbox;
        this.pages = pages;
    }

    @PostMapping("/sign-in/link")
    ResponseEntity<byte[]> askForLink(
            @RequestParam(defaultValue = "") String email, HttpServletRequest request, CsrfToken csrf) {
        return ask(email, Purpose.SIGN_IN, request, csrf);
    }

    @GetMapping("/sign-in/password")
    ResponseEntity<byte[]> forgotten(HttpServletRequest request, CsrfToken csrf) {
        requireMail();
        return page(HttpStatus.OK, Step.FORGOTTEN, "/sign-in/password", Optional.empty(), request, csrf);
    }

    @PostMapping("/sign-in/password")
    ResponseEntity<byte[]> askForPassword(
            @RequestParam(defaultValue = "") String email, HttpServletRequest request, CsrfToken csrf) {
        return ask(email, Purpose.NEW_PASSWORD, request, csrf);
    }

    @GetMapping("/sign-in/link/{secret}")
    ResponseEntity<byte[]> confirm(@PathVariable String secret, HttpServletRequest request, CsrfToken csrf) {
        return step(secret, Purpose.SIGN_IN, Optional.empty(), request, csrf);
    }

    @PostMapping("/sign-in/link/{secret}")
    ResponseEntity<?> signIn(
            @PathVariable String secret, HttpServletRequest request, HttpServletResponse response, CsrfToken csrf) {
        requireMail();
        var access = links.use(secret, Purpose.SIGN_IN);
        return access.isPresent()
                ? AfterForm.seeOther(signIns.begin(access.get(), request, response))
                : page(HttpStatus.GONE, Step.EXPIRED, "", Optional.empty(), request, csrf);
    }

    @GetMapping("/sign-in/password/{secret}")
    ResponseEntity<byte[]> newPassword(@PathVariable String secret, HttpServletRequest request, CsrfToken csrf) {
        return step(secret, Purpose.NEW_PASSWORD, Optional.empty(), request, csrf);
    }

    @GetMapping("/sign-in/invitation/{secret}")
    ResponseEntity<byte[]> invitation(@PathVariable String secret, HttpServletRequest request, CsrfToken csrf) {
        return step(secret, Purpose.INVITATION, Optional.empty(), request, csrf);
    }

    @GetMapping("/sign-in/reset/{secret}")
    ResponseEntity<byte[]> reset(@PathVariable String secret, HttpServletRequest request, CsrfToken csrf) {
        return step(secret, Purpose.RESET, Optional.empty(), request, csrf);
    }

    @PostMapping("/sign-in/password/{secret}")
    ResponseEntity<?> setPassword(
            @PathVariable String secret,
            @RequestParam(defaultValue = "") String password,
            HttpServletRequest request,
            HttpServletResponse response,
            CsrfToken csrf) {
        return setPassword(secret, Purpose.NEW_PASSWORD, password, request, response, csrf);
    }

    @PostMapping("/sign-in/invitation/{secret}")
    ResponseEntity<?> acceptInvitation(
            @PathVariable String secret,
            @RequestParam(defaultValue = "") String password,
            HttpServletRequest request,
            HttpServletResponse response,
            CsrfToken csrf) {
        return setPassword(secret, Purpose.INVITATION, password, request, response, csrf);
    }

    @PostMapping("/sign-in/reset/{secret}")
    ResponseEntity<?> setPasswordAfterReset(
            @PathVariable String secret,
            @RequestParam(defaultValue = "") String password,
            HttpServletRequest request,
            HttpServletResponse response,
            CsrfToken csrf) {
        return setPassword(secret, Purpose.RESET, password, request, response, csrf);
    }

    private ResponseEntity<?> setPassword(
            String secret,
            Purpose purpose,
            String password,
            HttpServletRequest request,
            HttpServletResponse response,
            CsrfToken csrf) {
        requireMail();
        try {
            var access = passwords.setByLink(secret, purpose, password);
            return access.isPresent()
                    ? AfterForm.seeOther(signIns.begin(access.get(), request, response))
                    : page(HttpStatus.GONE, expired(purpose), "", Optional.empty(), request, csrf);
        } catch (InvalidInput unfit) {
            var why = new RefusalTexts(Texts.choose(request.getLocales()), ZoneOffset.UTC).of(unfit);
            return step(secret, purpose, Optional.of(why), request, csrf);
        }
    }

    /** Step that a link opens. */
    private static Step stepOf(Purpose purpose) {
        return switch (purpose) {
            case SIGN_IN -> Step.CONFIRM;
            case NEW_PASSWORD, RESET -> Step.NEW_PASSWORD;
            case INVITATION -> Step.WELCOME;
        };
    }

    private static Step expired(Purpose purpose) {
        return switch (purpose) {
            case SIGN_IN, NEW_PASSWORD -> Step.EXPIRED;
            case INVITATION, RESET -> Step.INVITATION_EXPIRED;
        };
    }

    private ResponseEntity<byte[]> ask(String email, Purpose purpose, HttpServletRequest request, CsrfToken csrf) {
        requireMail();
        try {
            links.request(email, purpose, request.getRemoteAddr());
            return page(HttpStatus.OK, Step.SENT, "", Optional.empty(), request, csrf);
        } catch (TooMany tooMany) {
            var wait = tooMany.retryAfter();
            var why = texts(request)
                    .count("signIn.tooMany", Math.max(1, wait.plusSeconds(59).toMinutes()));
            var answer = page(
                    HttpStatus.TOO_MANY_REQUESTS,
                    Step.FORGOTTEN,
                    purpose == Purpose.SIGN_IN ? "/sign-in/link" : "/sign-in/password",
                    Optional.of(why),
                    request,
                    csrf);
            return ResponseEntity.status(answer.getStatusCode())
                    .headers(answer.getHeaders())
                    .header(
                            HttpHeaders.RETRY_AFTER,
                            Long.toString(wait.plusMillis(999).toSeconds()))
                    .body(answer.getBody());
        }
    }

    private ResponseEntity<byte[]> step(
            String secret, Purpose purpose, Optional<String> fault, HttpServletRequest request, CsrfToken csrf) {
        requireMail();
        var owner = links.look(secret, purpose);
        if (owner.isEmpty()) {
            return page(HttpStatus.GONE, expired(purpose), "", Optional.empty(), request, csrf);
        }
        var page = new SignInStepPage(
                shell(request, csrf, fault),
                stepOf(purpose),
                request.getRequestURI(),
                owner.get().email());
        return pages.render(
                fault.isPresent() ? HttpStatus.UNPROCESSABLE_CONTENT : HttpStatus.OK, "signin/step.jte", page);
    }

    private ResponseEntity<byte[]> page(
            HttpStatus status,
            Step step,
            String action,
            Optional<String> fault,
            HttpServletRequest request,
            CsrfToken csrf) {
        return pages.render(
                status, "signin/step.jte", new SignInStepPage(shell(request, csrf, fault), step, action, ""));
    }

    private Shell shell(HttpServletRequest request, CsrfToken csrf, Optional<String> fault) {
        return pages.signedOutShell(
                Texts.choose(request.getLocales()), csrf, fault.map(why -> new Shell.Notice(Shell.Tone.DANGER, why)));
    }

    private void requireMail() {
        if (!outbox.isAvailable()) {
            throw new NotFound();
        }
    }

    private static Texts texts(HttpServletRequest request) {
        return Texts.of(Texts.choose(request.getLocales()));
    }
}
