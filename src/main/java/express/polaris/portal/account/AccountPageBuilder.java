package express.polaris.portal.account;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountService;
import express.polaris.accounts.SignedIn;
import express.polaris.documents.Format;
import express.polaris.documents.LocaleChoices;
import express.polaris.documents.Texts;
import express.polaris.messages.mail.Outbox;
import express.polaris.messages.notifications.NotificationChoices;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.Refusal;
import express.polaris.portal.PortalPages;
import express.polaris.web.AfterForm;
import express.polaris.web.FieldFaults;
import express.polaris.web.Shell;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;

/** Builds the account page, also in response to a rejected form. */
@Component
class AccountPageBuilder {

    private final AccountService accounts;
    private final AccessReader access;
    private final NotificationChoices choices;
    private final Outbox outbox;
    private final PortalPages pages;

    AccountPageBuilder(
            AccountService accounts,
            AccessReader access,
            NotificationChoices choices,
            Outbox outbox,
            PortalPages pages) {
        this.accounts = accounts;
        this.access = access;
        this.choices = choices;
        this.outbox = outbox;
        this.pages = pages;
    }

    /** The plain page. */
    AccountPage page(SignedIn who, HttpServletRequest request, CsrfToken csrf, Optional<Shell.Notice> notice) {
        return page(who, request, csrf, notice, Optional.empty(), FieldFaults.NONE);
    }

    /** The page with a token that was just created. */
    AccountPage withToken(SignedIn who, HttpServletRequest request, CsrfToken csrf, String issued) {
        return page(who, request, csrf, Optional.empty(), Optional.of(issued), FieldFaults.NONE);
    }

    /** The page with a refusal: each fault at its field, all others above the page. */
    AccountPage refused(SignedIn who, HttpServletRequest request, CsrfToken csrf, Refusal refusal) {
        var words = PortalPages.refusals(who.account());
        return refusal instanceof InvalidInput
                ? withFaults(who, request, csrf, words.faults(refusal))
                : refused(who, request, csrf, words.of(refusal));
    }

    AccountPage withFaults(SignedIn who, HttpServletRequest request, CsrfToken csrf, FieldFaults faults) {
        var notice = AfterForm.refusal(Texts.of(who.account().locale()).get("account.fault"));
        return page(who, request, csrf, Optional.of(notice), Optional.empty(), faults);
    }

    /** The page with a sentence above it. */
    AccountPage refused(SignedIn who, HttpServletRequest request, CsrfToken csrf, String why) {
        return page(who, request, csrf, Optional.of(AfterForm.refusal(why)), Optional.empty(), FieldFaults.NONE);
    }

    private AccountPage page(
            SignedIn who,
            HttpServletRequest request,
            CsrfToken csrf,
            Optional<Shell.Notice> notice,
            Optional<String> issued,
            FieldFaults faults) {
        var account = accounts.find(who.account().id()).orElse(who.account());
        return new AccountPage(
                pages.shell(account, csrf, "nav.account", notice),
                profile(account),
                new AccountPage.Told(choices.of(account.id()), outbox.isAvailable()),
                access.of(who, request, issued),
                faults);
    }

    private static AccountPage.Profile profile(Account account) {
        var current = account.locale().toLanguageTag();
        return new AccountPage.Profile(
                account.name(),
                account.email(),
                LocaleChoices.languages(account.locale()).stream()
                        .map(tag -> new AccountPage.Option(tag, LocaleChoices.nameOf(tag), tag.equals(current)))
                        .toList(),
                LocaleChoices.zones(account.timeZone()),
                account.timeZone().getId(),
                units(account));
    }

    private static AccountPage.Units units(Account account) {
        var format = new Format(account.locale(), account.timeZone());
        return account.consumption()
                .map(car -> new AccountPage.Units(car.unit().symbol(), format.consumption(car)))
                .orElse(new AccountPage.Units("", ""));
    }
}
