package express.polaris.console.people;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountChange;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.AccountPasswords;
import express.polaris.accounts.AccountService;
import express.polaris.accounts.Role;
import express.polaris.accounts.SignedIn;
import express.polaris.accounts.SignedInAccount;
import express.polaris.accounts.ViewingService;
import express.polaris.console.ConsolePages;
import express.polaris.documents.Texts;
import express.polaris.messages.notifications.Invitations;
import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.Refusal;
import express.polaris.stations.cards.CardService;
import express.polaris.stations.cards.EvCard;
import express.polaris.stations.cards.OperatorTags;
import express.polaris.steve.SteveUnavailable;
import express.polaris.web.AfterForm;
import express.polaris.web.Shell;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Operator actions on an account: profile, disabling, role, invitation, password, viewing its portal. */
@Controller
@RequestMapping("/operator/drivers/{id}")
class DriverChangeController {

    private final AccountService accounts;
    private final Invitations invitations;
    private final AccountPasswords passwords;
    private final OperatorTags tags;
    private final CardService cards;
    private final ViewingService viewings;
    private final DriverPageBuilder views;
    private final ConsolePages pages;

    DriverChangeController(
            AccountService accounts,
            Invitations invitations,
            AccountPasswords passwords,
            OperatorTags tags,
            CardService cards,
            ViewingService viewings,
            DriverPageBuilder views,
            ConsolePages pages) {
        this.accounts = accounts;
        this.invitations = invitations;
        this.passwords = passwords;
        this.tags = tags;
        this.cards = cards;
        this.viewings = viewings;
        this.views = views;
        this.pages = pages;
    }

    @PostMapping("/profile")
    ResponseEntity<byte[]> profile(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String locale,
            @RequestParam(defaultValue = "") String timeZone,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        var change = new AccountChange(Optional.of(name), Optional.of(locale), Optional.of(timeZone), Optional.empty());
        try {
            accounts.change(
                    Optional.of(operator.id()), views.person(id).account().id(), change);
            return done(id, "profile");
        } catch (InvalidInput refused) {
            return refused(id, name, refused, operator, csrf);
        }
    }

    /**
     * Disables the account, which ends its sign-ins at once. On request also blocks the idTags of its cards in SteVe; a
     * block that fails is retried.
     */
    @PostMapping("/disable")
    ResponseEntity<byte[]> disable(
            @PathVariable long id,
            @RequestParam(defaultValue = "false") boolean blockTags,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        var driver = views.person(id).account().id();
        try {
            accounts.change(
                    Optional.of(operator.id()), driver, AccountChange.none().withDisabled(true));
        } catch (Conflict lastOperator) {
            return refused(id, lastOperator, operator, csrf);
        }
        if (blockTags) {
            tags.blockAllOf(operator.id(), driver);
        }
        return done(id, blockTags ? "blocked" : "disabled");
    }

    /**
     * Enables the account and unblocks the selected cards in SteVe. A selected lost card becomes usable again.
     *
     * @param card ids of the selected cards; ids of other drivers' cards are ignored
     */
    @PostMapping("/enable")
    ResponseEntity<byte[]> enable(
            @PathVariable long id,
            @RequestParam(defaultValue = "") Set<Long> card,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        var driver = views.person(id).account().id();
        try {
            accounts.change(
                    Optional.of(operator.id()), driver, AccountChange.none().withDisabled(false));
        } catch (Conflict deleted) {
            return refused(id, deleted, operator, csrf);
        }
        var chosen = cards.ofDriver(driver).stream()
                .filter(owned -> card.contains(owned.id().value()))
                .toList();
        return done(id, unblock(chosen, operator) ? "enabled" : "partly");
    }

    @PostMapping("/role")
    ResponseEntity<byte[]> role(
            @PathVariable long id, @RequestParam Role role, @SignedInAccount Account operator, CsrfToken csrf) {
        try {
            accounts.changeRole(
                    Optional.of(operator.id()), views.person(id).account().id(), role);
            return done(id, "role");
        } catch (Conflict lastOperator) {
            return refused(id, lastOperator, operator, csrf);
        }
    }

    @PostMapping("/invite")
    ResponseEntity<byte[]> invite(@PathVariable long id, @SignedInAccount Account operator, CsrfToken csrf) {
        try {
            invitations.invite(operator.id(), new AccountId(id));
            return done(id, "invited");
        } catch (Conflict unreachable) {
            return refused(id, unreachable, operator, csrf);
        }
    }

    @PostMapping("/reset")
    ResponseEntity<byte[]> reset(@PathVariable long id, @SignedInAccount Account operator, CsrfToken csrf) {
        try {
            invitations.reset(operator.id(), new AccountId(id));
            return done(id, "reset");
        } catch (Conflict unreachable) {
            return refused(id, unreachable, operator, csrf);
        }
    }

    /** Sets the account's password. Needed if the installation sends no mail. */
    @PostMapping("/password")
    ResponseEntity<byte[]> password(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String password,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        var person = views.person(id);
        try {
            passwords.set(Optional.of(operator.id()), person.account().id(), password);
            return done(id, "password");
        } catch (InvalidInput unfit) {
            return refused(id, person.account().name(), unfit, operator, csrf);
        }
    }

    /** Starts viewing the portal as this driver. */
    @PostMapping("/view-as")
    ResponseEntity<byte[]> viewAs(@PathVariable long id, @AuthenticationPrincipal SignedIn operator) {
        viewings.begin(operator, new AccountId(id));
        return AfterForm.seeOther("/");
    }

    private boolean unblock(List<EvCard> chosen, Account operator) {
        boolean all = true;
        for (var card : chosen) {
            try {
                if (card.isLost()) {
                    tags.found(operator.id(), card.id());
                } else {
                    tags.unblock(operator.id(), card.id());
                }
            } catch (Refusal refusal) {
                all = false;
            } catch (SteveUnavailable steveDown) {
                return false;
            }
        }
        return all;
    }

    private ResponseEntity<byte[]> refused(long id, Conflict refusal, Account operator, CsrfToken csrf) {
        var person = views.person(id);
        var page = views.page(shell(pages.refusals(operator).of(refusal), operator, csrf), person, operator);
        return pages.render(HttpStatus.CONFLICT, DriverController.DRIVER, page);
    }

    private ResponseEntity<byte[]> refused(
            long id, String name, InvalidInput refusal, Account operator, CsrfToken csrf) {
        var person = views.person(id);
        var shell = shell(Texts.of(operator.locale()).get("account.fault"), operator, csrf);
        var faults = pages.refusals(operator).faults(refusal);
        return pages.render(
                HttpStatus.UNPROCESSABLE_CONTENT,
                DriverController.DRIVER,
                views.page(shell, person, operator, name, faults));
    }

    private Shell shell(String refusal, Account operator, CsrfToken csrf) {
        return pages.shell(operator, csrf, DriverController.NAVIGATION, Optional.of(AfterForm.refusal(refusal)));
    }

    private static ResponseEntity<byte[]> done(long id, String what) {
        return AfterForm.seeOther("/operator/drivers/" + id + "?done=" + what);
    }
}
