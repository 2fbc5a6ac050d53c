package express.polaris.accounts.access;

import express.polaris.accounts.SingleSignOnFailure;
import express.polaris.accounts.access.SignInPageRenderer.Failure;
import express.polaris.accounts.access.SignInPageRenderer.Form;
import express.polaris.accounts.oidc.BackChannelLogout;
import express.polaris.accounts.oidc.SingleSignOn;
import express.polaris.accounts.oidc.SingleSignOn.Returned;
import express.polaris.accounts.oidc.SingleSignOnRefused;
import express.polaris.platform.refusals.NotFound;
import express.polaris.platform.refusals.TooMany;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Sign-in at the issuer of single sign-on, and the sign-out that the issuer sends. Handlers of GETs write their answers
 * themselves, because they wait for the issuer and must not hold a snapshot meanwhile. Without its settings these
 * addresses do not exist.
 */
@Controller
class SingleSignOnController {

    static final String START = "/sign-in/oidc";
    static final String LOGOUT = "/sign-in/oidc/logout";

    private static final String COOKIE = "polaris_oidc_";

    /** Number of sign-ins that a browser may have under way; a request's head has no room for many more. */
    private static final int AT_A_TIME = 4;

    private static final int STATE_IN_NAME = 12;

    private final SingleSignOn singleSignOn;
    private final BackChannelLogout backChannel;
    private final SignInService signIns;
    private final SignInPageRenderer page;

    SingleSignOnController(
            SingleSignOn singleSignOn, BackChannelLogout backChannel, SignInService signIns, SignInPageRenderer page) {
        this.singleSignOn = singleSignOn;
        this.backChannel = backChannel;
        this.signIns = signIns;
        this.page = page;
    }

    @GetMapping(START)
    void start(HttpServletRequest request, HttpServletResponse response, CsrfToken csrf) throws IOException {
        requireSettings();
        try {
            var started = singleSignOn.start(request);
            if (waiting(request).count() >= AT_A_TIME) {
                waiting(request).forEach(name -> Cookies.write(request, response, name, "", Duration.ZERO));
            }
            Cookies.write(request, response, cookie(started.state()), started.sealed(), SingleSignOn.LIFE);
            seeOther(started.address().toString(), response);
        } catch (SingleSignOnRefused refused) {
            refuse(refused, request, response, csrf);
        }
    }

    @GetMapping("/sign-in/oidc/callback")
    void finish(
            @RequestParam(defaultValue = "") String state,
            @RequestParam Optional<String> code,
            @RequestParam Optional<String> error,
            @RequestParam Optional<String> iss,
            HttpServletRequest request,
            HttpServletResponse response,
            CsrfToken csrf)
            throws IOException {
        requireSettings();
        var sealed = Cookies.read(request, cookie(state));
        if (sealed.isPresent()) {
            Cookies.write(request, response, cookie(state), "", Duration.ZERO);
        }
        try {
            var admitted = singleSignOn.finish(new Returned(state, code, error, iss, sealed, request.getRemoteAddr()));
            var next = signIns.begin(admitted.access(), request, response);
            var session = request.getSession();
            session.setAttribute(SignInContext.FROM_ISSUER, true);
            singleSignOn.remember(admitted, session.getId());
            seeOther(next, response);
        } catch (SingleSignOnRefused refused) {
            refuse(refused, request, response, csrf);
        } catch (TooMany tooMany) {
            var wait = tooMany.retryAfter();
            response.setHeader(
                    HttpHeaders.RETRY_AFTER, Long.toString(wait.plusMillis(999).toSeconds()));
            show(tooMany.status(), new Failure.TooManyTries(wait), request, response, csrf);
        }
    }

    /** The issuer's call (OpenID Connect Back-Channel Logout 1.0, section 2.5). */
    @PostMapping(LOGOUT)
    ResponseEntity<Void> logout(
            @RequestParam(name = "logout_token", defaultValue = "") String logoutToken, HttpServletRequest request) {
        requireSettings();
        try {
            backChannel.receive(logoutToken, request.getRemoteAddr());
            return ResponseEntity.ok().cacheControl(CacheControl.noStore()).build();
        } catch (SingleSignOnRefused refused) {
            SingleSignOn.log(refused);
            var status = refused.why() == SingleSignOnFailure.NOT_TRUSTED
                    ? HttpStatus.BAD_REQUEST
                    : HttpStatus.SERVICE_UNAVAILABLE;
            return ResponseEntity.status(status)
                    .cacheControl(CacheControl.noStore())
                    .build();
        }
    }

    private void refuse(
            SingleSignOnRefused refused, HttpServletRequest request, HttpServletResponse response, CsrfToken csrf)
            throws IOException {
        SingleSignOn.log(refused);
        show(refused.why().status(), new Failure.SingleSignOn(refused.why()), request, response, csrf);
    }

    private void show(
            int status, Failure failure, HttpServletRequest request, HttpServletResponse response, CsrfToken csrf)
            throws IOException {
        IssuerConfirmationFilter.write(status, page.html(new Form("", Optional.of(failure), csrf), request), response);
    }

    private void requireSettings() {
        if (!singleSignOn.isAvailable()) {
            throw new NotFound();
        }
    }

    /** Names of the cookies of sign-ins that are under way. */
    private static Stream<String> waiting(HttpServletRequest request) {
        return Optional.ofNullable(request.getCookies()).stream()
                .flatMap(Stream::of)
                .map(cookie -> cookie.getName())
                .filter(name -> name.startsWith(COOKIE));
    }

    /** Each sign-in has a cookie of its own, so that several tabs do not disturb each other. */
    private static String cookie(String state) {
        var name = state.replaceAll("[^A-Za-z0-9]", "");
        return COOKIE + name.substring(0, Math.min(name.length(), STATE_IN_NAME));
    }

    private static void seeOther(String address, HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader(HttpHeaders.LOCATION, address);
    }
}
