package express.polaris.portal.account;

import express.polaris.accounts.AccountReason;
import express.polaris.accounts.ApiTokenService;
import express.polaris.accounts.SignInRight;
import express.polaris.accounts.SignedIn;
import express.polaris.accounts.access.DeviceService;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.NotFound;
import express.polaris.platform.refusals.Unauthorized;
import express.polaris.portal.PortalPages;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Other ways to access an account: signed-in devices and API tokens. */
@Controller
class DeviceController {

    private final ApiTokenService tokens;
    private final DeviceService devices;
    private final AccountPageBuilder views;
    private final PortalPages pages;

    DeviceController(ApiTokenService tokens, DeviceService devices, AccountPageBuilder views, PortalPages pages) {
        this.tokens = tokens;
        this.devices = devices;
        this.views = views;
        this.pages = pages;
    }

    /** Responds with the page itself instead of a redirect, because a token is shown once and never stored. */
    @PostMapping("/account/tokens")
    ResponseEntity<byte[]> create(
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "0") int days,
            @AuthenticationPrincipal SignedIn who,
            HttpServletRequest request,
            CsrfToken csrf) {
        try {
            var issued = tokens.issue(new SignInRight(who.account(), who.revision()), name, days)
                    .orElseThrow(() -> new Unauthorized(AccountReason.SIGNED_OUT.with()));
            return pages.render(AccountController.TEMPLATE, views.withToken(who, request, csrf, issued.token()));
        } catch (InvalidInput refused) {
            var faults = PortalPages.refusals(who.account()).faults(refused).named(field -> "token");
            return pages.render(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    AccountController.TEMPLATE,
                    views.withFaults(who, request, csrf, faults));
        }
    }

    @PostMapping("/account/tokens/{id}/revoke")
    ResponseEntity<Void> revoke(@PathVariable String id, @AuthenticationPrincipal SignedIn who) {
        tokens.revoke(who.account().id(), number(id));
        return AccountController.done("token");
    }

    @PostMapping("/account/devices/{id}/sign-out")
    ResponseEntity<Void> signOut(@PathVariable String id, @AuthenticationPrincipal SignedIn who) {
        devices.signOut(who, id);
        return AccountController.done("device");
    }

    @PostMapping("/account/devices/sign-out-others")
    ResponseEntity<Void> signOutOthers(@AuthenticationPrincipal SignedIn who) {
        devices.signOutOthers(who);
        return AccountController.done("devices");
    }

    private static long number(String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException e) {
            throw new NotFound();
        }
    }
}
