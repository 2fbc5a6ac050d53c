package express.polaris.portal.account;

import express.polaris.accounts.AccountChange;
import express.polaris.accounts.AccountPasswords;
import express.polaris.accounts.AccountService;
import express.polaris.accounts.SignInRight;
import express.polaris.accounts.SignedIn;
import express.polaris.accounts.access.SignInService;
import express.polaris.documents.Texts;
import express.polaris.messages.notifications.NotificationChoices;
import express.polaris.messages.notifications.NotificationKind;
import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.Refusal;
import express.polaris.platform.refusals.TooMany;
import express.polaris.portal.PortalPages;
import express.polaris.web.AfterForm;
import express.polaris.web.Shell;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.EnumMap;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Account page: profile, units, password, notification settings. */
@Controller
class AccountController {

    static final String TEMPLATE = "account/account.jte";

    /** Outcomes that {@code ?done=} may name. */
    private static final Set<String> DONE = Set.of(
            "profile",
            "billingAddress",
            "units",
            "password",
            "notifications",
            "device",
            "devices",
            "token",
            "passkey",
            "passkeyName",
            "passkeyRemoved");

    private final AccountService accounts;
    private final AccountPasswords passwords;
    private final NotificationChoices choices;
    private final SignInService signIns;
    private final AccountPageBuilder views;
    private final PortalPages pages;

    AccountController(
            AccountService accounts,
            AccountPasswords passwords,
            NotificationChoices choices,
            SignInService signIns,
            AccountPageBuilder views,
            PortalPages pages) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.choices = choices;
        this.signIns = signIns;
        this.views = views;
        this.pages = pages;
    }

    @GetMapping("/account")
    ResponseEntity<byte[]> page(
            @RequestParam(defaultValue = "") String done,
            @AuthenticationPrincipal SignedIn who,
            HttpServletRequest request,
            CsrfToken csrf) {
        var notice = Optional.of(done)
                .filter(DONE::contains)
                .map(what -> new Shell.Notice(
                        Shell.Tone.SUCCESS, Texts.of(who.account().locale()).get("account.done." + what)));
        return pages.render(TEMPLATE, views.page(who, request, csrf, notice));
    }

    @PostMapping("/account/profile")
    ResponseEntity<?> profile(
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String locale,
            @RequestParam(defaultValue = "") String timeZone,
            @AuthenticationPrincipal SignedIn who,
            HttpServletRequest request,
            CsrfToken csrf) {
        var id = who.account().id();
        try {
            accounts.change(
                    Optional.of(id),
                    id,
                    new AccountChange(Optional.of(name), Optional.of(locale), Optional.of(timeZone), Optional.empty()));
            return done("profile");
        } catch (InvalidInput refused) {
            return refused(refused, views.refused(who, request, csrf, refused));
        }
    }

    @PostMapping("/account/units")
    ResponseEntity<?> units(
            @RequestParam(defaultValue = "") String distanceUnit,
            @RequestParam(defaultValue = "") String consumption,
            @AuthenticationPrincipal SignedIn who,
            HttpServletRequest request,
            CsrfToken csrf) {
        try {
            accounts.chooseUnits(who.account().id(), distanceUnit, consumption);
            return done("units");
        } catch (InvalidInput refused) {
            return refused(
                    refused,
                    views.refused(who, request, csrf, refused).with(new AccountPage.Units(distanceUnit, consumption)));
        }
    }

    /** Ends all other sign-ins; this browser gets a new one. */
    @PostMapping("/account/password")
    ResponseEntity<?> password(
            @RequestParam(defaultValue = "") String currentPassword,
            @RequestParam(defaultValue = "") String password,
            @AuthenticationPrincipal SignedIn who,
            HttpServletRequest request,
            HttpServletResponse response,
            CsrfToken csrf) {
        var id = who.account().id();
        try {
            passwords.changeOwn(id, currentPassword, password);
            Optional<SignInRight> access = accounts.access(id);
            access.ifPresent(proven -> signIns.begin(proven, request, response));
            return done("password");
        } catch (InvalidInput | TooMany | Conflict refused) {
            return refused(refused, views.refused(who, request, csrf, refused));
        }
    }

    /** Sets every kind, because a browser does not send unchecked boxes. */
    @PostMapping("/account/notifications")
    ResponseEntity<Void> notifications(
            @RequestParam(defaultValue = "") Set<String> mail,
            @RequestParam(defaultValue = "") Set<String> portal,
            @AuthenticationPrincipal SignedIn who) {
        var wanted = new EnumMap<NotificationKind, NotificationChoices.Ways>(NotificationKind.class);
        for (var kind : NotificationKind.values()) {
            wanted.put(
                    kind,
                    new NotificationChoices.Ways(mail.contains(kind.wireName()), portal.contains(kind.wireName())));
        }
        choices.choose(who.account().id(), wanted);
        return done("notifications");
    }

    private ResponseEntity<byte[]> refused(Refusal refusal, AccountPage page) {
        return pages.render(HttpStatusCode.valueOf(refusal.status()), TEMPLATE, page);
    }

    static <T> ResponseEntity<T> done(String what) {
        return AfterForm.seeOther("/account?done=" + what);
    }
}
