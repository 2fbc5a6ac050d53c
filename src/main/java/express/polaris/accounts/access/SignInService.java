package express.polaris.accounts.access;

import express.polaris.accounts.AccessChecks;
import express.polaris.accounts.KnownBrowsers;
import express.polaris.accounts.SignInEnded;
import express.polaris.accounts.SignInRight;
import express.polaris.accounts.SignedIn;
import express.polaris.accounts.ViewingService;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.stereotype.Service;

/** Begins and ends the sign-in of a browser, for any way to authenticate. */
@Service
public class SignInService {

    private static final Logger log = LoggerFactory.getLogger(SignInService.class);
    private static final String BROWSER = "polaris_browser";
    private static final Duration BROWSER_LIFE = Duration.ofDays(400);

    private final KnownBrowsers browsers;
    private final CsrfTokenRepository csrfTokens;
    private final ViewingService viewings;
    private final AccessChecks access;
    private final ApplicationEventPublisher events;

    SignInService(
            KnownBrowsers browsers,
            CsrfTokenRepository csrfTokens,
            ViewingService viewings,
            AccessChecks access,
            ApplicationEventPublisher events) {
        this.browsers = browsers;
        this.csrfTokens = csrfTokens;
        this.viewings = viewings;
        this.access = access;
        this.events = events;
    }

    /**
     * Signs the browser in with a new session and remembers the browser.
     *
     * @return path to redirect to: the requested page, or the start page
     */
    public String begin(SignInRight right, HttpServletRequest request, HttpServletResponse response) {
        var before = request.getSession(false);
        if (before != null) {
            before.invalidate();
        }
        var account = right.account().id();
        var session = request.getSession(true);
        session.setAttribute(SignInContext.ACCOUNT, account.value());
        session.setAttribute(SignInContext.REVISION, right.revision());
        session.setAttribute(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME, account.toString());
        var agent =
                Optional.ofNullable(request.getHeader(HttpHeaders.USER_AGENT)).orElse("");
        session.setAttribute(
                DeviceService.USER_AGENT,
                agent.substring(0, Math.min(agent.length(), DeviceService.LONGEST_USER_AGENT)));
        var current = access.current(right);
        var signedIn = SignedIn.bySession(current, session.getId());
        SignInContext.set(request, Optional.of(signedIn));
        SecurityContextHolder.setContext(new SecurityContextImpl(new SignedInAuthentication(signedIn)));
        csrfTokens.saveToken(null, request, response);
        if (browser(request).filter(secret -> browsers.knows(secret, account)).isEmpty()) {
            Cookies.write(request, response, BROWSER, browsers.remember(account), BROWSER_LIFE);
        }
        log.info("Account {} signed in", account);
        return ReturnAddress.take(current.account(), request, response);
    }

    /** Signs the browser out and ends its streams; does nothing without a sign-in. */
    public void end(HttpServletRequest request) {
        var session = request.getSession(false);
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        if (session != null) {
            session.invalidate();
        }
        SignInContext.set(request, Optional.empty());
        SecurityContextHolder.clearContext();
        if (authentication instanceof SignedInAuthentication signedIn) {
            var who = signedIn.getPrincipal();
            who.viewing().ifPresent(viewing -> viewings.end(viewing.id(), ViewingService.End.SIGNED_OUT));
            events.publishEvent(new SignInEnded(who.person().id(), who.signIn()));
            log.info("Account {} signed out", who.person().id());
        }
    }

    /** Returns the secret this browser received at an earlier sign-in. */
    static Optional<String> browser(HttpServletRequest request) {
        return Cookies.read(request, BROWSER);
    }
}
