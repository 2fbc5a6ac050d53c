package express.polaris.accounts.access;

import express.polaris.accounts.Credentials;
import express.polaris.accounts.Credentials.Attempt;
import express.polaris.accounts.PasskeyAnswer;
import express.polaris.accounts.PasskeyOptions;
import express.polaris.accounts.PasskeySignIn;
import express.polaris.accounts.access.SignInPageRenderer.Failure;
import express.polaris.accounts.access.SignInPageRenderer.Form;
import express.polaris.accounts.oidc.SingleSignOn;
import express.polaris.platform.refusals.NotFound;
import express.polaris.platform.refusals.TooMany;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
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

/** Sign-in with a password or a passkey, and sign-out. */
@Controller
class SignInController {

    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    private final Credentials credentials;
    private final PasskeySignIn passkeys;
    private final PasskeySiteResolver sites;
    private final SignInService signIns;
    private final SingleSignOn singleSignOn;
    private final SignInPageRenderer page;

    SignInController(
            Credentials credentials,
            PasskeySignIn passkeys,
            PasskeySiteResolver sites,
            SignInService signIns,
            SingleSignOn singleSignOn,
            SignInPageRenderer page) {
        this.credentials = credentials;
        this.passkeys = passkeys;
        this.sites = sites;
        this.signIns = signIns;
        this.singleSignOn = singleSignOn;
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
            var attempt = new Attempt(email, password, request.getRemoteAddr(), SignInService.browser(request));
            var access = credentials.check(attempt);
            if (access.isPresent()) {
                return seeOther(signIns.begin(access.get(), request, response));
            }
            return answer(HttpStatus.UNAUTHORIZED, new Form(email, Optional.of(new Failure.Wrong()), csrf), request);
        } catch (TooMany tooMany) {
            return tooMany(tooMany, email, request, csrf);
        }
    }

    /** Returns the options that a script passes to the authenticator. */
    @PostMapping("/sign-in/passkey/options")
    ResponseEntity<PasskeyOptions> passkeyOptions(HttpServletRequest request) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(passkeys.toSignIn(asking(request)));
    }

    @PostMapping("/sign-in/passkey")
    ResponseEntity<?> signInWithPasskey(
            @RequestParam Map<String, String> fields,
            HttpServletRequest request,
            HttpServletResponse response,
            CsrfToken csrf) {
        var asking = asking(request);
        try {
            var access = passkeys.check(PasskeyAnswer.SignedIn.of(fields), asking, request.getRemoteAddr());
            if (access.isPresent()) {
                return seeOther(signIns.begin(access.get(), request, response));
            }
            var failure = new Failure.WrongPasskey();
            return answer(HttpStatus.UNAUTHORIZED, new Form("", Optional.of(failure), csrf), request);
        } catch (TooMany tooMany) {
            return tooMany(tooMany, "", request, csrf);
        }
    }

    private PasskeySignIn.Asking asking(HttpServletRequest request) {
        return sites.asking(request).orElseThrow(NotFound::new);
    }

    private ResponseEntity<byte[]> tooMany(TooMany tooMany, String email, HttpServletRequest request, CsrfToken csrf) {
        var wait = tooMany.retryAfter();
        var failure = new Failure.TooManyTries(wait);
        return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
                .contentType(HTML)
                .header(
                        HttpHeaders.RETRY_AFTER,
                        Long.toString(wait.plusMillis(999).toSeconds()))
                .body(page.html(new Form(email, Optional.of(failure), csrf), request));
    }

    @PostMapping("/sign-out")
    ResponseEntity<?> signOut(HttpServletRequest request) {
        var atIssuer = Optional.ofNullable(request.getSession(false))
                .filter(SignInContext::isFromIssuer)
                .flatMap(session -> singleSignOn.signOutAddress(session.getId()));
        signIns.end(request);
        return seeOther(atIssuer.map(URI::toString).orElse("/sign-in"));
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
