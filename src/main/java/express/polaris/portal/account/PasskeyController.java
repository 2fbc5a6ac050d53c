package express.polaris.portal.account;

import express.polaris.accounts.AccountPasswords;
import express.polaris.accounts.PasskeyAnswer;
import express.polaris.accounts.PasskeyService;
import express.polaris.accounts.PasskeySignIn;
import express.polaris.accounts.SignInRight;
import express.polaris.accounts.SignedIn;
import express.polaris.accounts.access.PasskeySiteResolver;
import express.polaris.documents.Texts;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.NotFound;
import express.polaris.platform.refusals.TooMany;
import express.polaris.portal.PortalPages;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The viewer's own passkeys. */
@Controller
class PasskeyController {

    private final PasskeySignIn signIn;
    private final PasskeyService passkeys;
    private final PasskeySiteResolver sites;
    private final AccountPasswords passwords;
    private final AccessReader access;
    private final AccountPageBuilder views;
    private final PortalPages pages;

    PasskeyController(
            PasskeySignIn signIn,
            PasskeyService passkeys,
            PasskeySiteResolver sites,
            AccountPasswords passwords,
            AccessReader access,
            AccountPageBuilder views,
            PortalPages pages) {
        this.signIn = signIn;
        this.passkeys = passkeys;
        this.sites = sites;
        this.passwords = passwords;
        this.access = access;
        this.views = views;
        this.pages = pages;
    }

    /** Response with the reason why no passkey can be created, in the viewer's language. */
    record Refused(String fault) {}

    /**
     * Issues a challenge, which a script requests before it calls the authenticator. Needs the password, or a sign-in
     * within the last ten minutes. The challenge is the proof of that when the passkey is added.
     */
    @PostMapping("/account/passkeys/options")
    ResponseEntity<?> options(
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String currentPassword,
            @AuthenticationPrincipal SignedIn who,
            HttpServletRequest request) {
        var asking = sites.asking(request).orElseThrow(NotFound::new);
        try {
            PasskeyService.check(name);
            if (!access.isFresh(request)) {
                passwords.prove(who.account().id(), currentPassword);
            }
            return json(HttpStatus.OK).body(signIn.toAdd(who.account(), asking));
        } catch (InvalidInput refused) {
            var hasName = refused.faults().getFirst().field().equals("name");
            return json(HttpStatus.UNPROCESSABLE_CONTENT)
                    .body(new Refused(
                            hasName
                                    ? PortalPages.refusals(who.account()).of(refused)
                                    : Texts.of(who.account().locale()).get("account.fault.passkeyPassword")));
        } catch (TooMany tooMany) {
            return json(HttpStatus.TOO_MANY_REQUESTS)
                    .header(
                            HttpHeaders.RETRY_AFTER,
                            Long.toString(tooMany.retryAfter().plusMillis(999).toSeconds()))
                    .body(new Refused(PortalPages.refusals(who.account()).of(tooMany)));
        }
    }

    @PostMapping("/account/passkeys")
    ResponseEntity<?> add(
            @RequestParam Map<String, String> fields,
            @AuthenticationPrincipal SignedIn who,
            HttpServletRequest request,
            CsrfToken csrf) {
        var asking = sites.asking(request).orElseThrow(NotFound::new);
        try {
            signIn.add(
                    new SignInRight(who.account(), who.revision()),
                    asking,
                    fields.getOrDefault("name", ""),
                    PasskeyAnswer.Added.of(fields));
            return AccountController.done("passkey");
        } catch (InvalidInput refused) {
            return again(refused, who, request, csrf);
        }
    }

    @PostMapping("/account/passkeys/{id}")
    ResponseEntity<?> rename(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String name,
            @AuthenticationPrincipal SignedIn who,
            HttpServletRequest request,
            CsrfToken csrf) {
        try {
            passkeys.rename(who.account().id(), number(id), name);
            return AccountController.done("passkeyName");
        } catch (InvalidInput refused) {
            return again(refused, who, request, csrf);
        }
    }

    @PostMapping("/account/passkeys/{id}/remove")
    ResponseEntity<Void> remove(@PathVariable String id, @AuthenticationPrincipal SignedIn who) {
        passkeys.remove(who.account().id(), number(id));
        return AccountController.done("passkeyRemoved");
    }

    private ResponseEntity<byte[]> again(
            InvalidInput refused, SignedIn who, HttpServletRequest request, CsrfToken csrf) {
        var faults = PortalPages.refusals(who.account())
                .faults(refused)
                .named(field -> field.equals("name") ? "passkeyName" : field);
        return pages.render(
                HttpStatus.UNPROCESSABLE_CONTENT,
                AccountController.TEMPLATE,
                views.withFaults(who, request, csrf, faults));
    }

    private static ResponseEntity.BodyBuilder json(HttpStatus status) {
        return ResponseEntity.status(status).contentType(MediaType.APPLICATION_JSON);
    }

    private static long number(String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException e) {
            throw new NotFound();
        }
    }
}
