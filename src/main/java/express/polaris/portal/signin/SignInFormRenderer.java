package express.polaris.portal.signin;

import express.polaris.accounts.PasskeySite;
import express.polaris.accounts.Role;
import express.polaris.accounts.TrialAccounts;
import express.polaris.accounts.access.PasskeySiteResolver;
import express.polaris.accounts.oidc.SingleSignOn;
import express.polaris.documents.Texts;
import express.polaris.messages.mail.Outbox;
import express.polaris.portal.PortalPages;
import express.polaris.web.Shell;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Renders the sign-in page for {@code accounts.access}. */
@Component
class SignInFormRenderer implements express.polaris.accounts.access.SignInPageRenderer {

    private final PortalPages pages;
    private final Outbox outbox;
    private final PasskeySiteResolver passkeys;
    private final SingleSignOn singleSignOn;
    private final ObjectProvider<TrialAccounts> trialAccounts;

    SignInFormRenderer(
            PortalPages pages,
            Outbox outbox,
            PasskeySiteResolver passkeys,
            SingleSignOn singleSignOn,
            ObjectProvider<TrialAccounts> trialAccounts) {
        this.pages = pages;
        this.outbox = outbox;
        this.passkeys = passkeys;
        this.singleSignOn = singleSignOn;
        this.trialAccounts = trialAccounts;
    }

    @Override
    public byte[] html(Form form, HttpServletRequest request) {
        var locale = Texts.choose(request.getLocales());
        var texts = Texts.of(locale);
        var notice = form.failure().map(why -> new Shell.Notice(Shell.Tone.DANGER, words(why, texts)));
        var page = new SignInPage(
                pages.signedOutShell(locale, form.csrf(), notice),
                form.email(),
                outbox.isAvailable(),
                passkeys.of(request).map(PasskeySite::origin),
                button(texts),
                demoAccounts());
        return pages.html("signin/signin.jte", page);
    }

    private List<SignInPage.DemoAccount> demoAccounts() {
        return trialAccounts.stream()
                .flatMap(accounts -> accounts.list().stream())
                .map(account -> new SignInPage.DemoAccount(
                        account.name(), account.role() == Role.OPERATOR, account.email(), account.password()))
                .toList();
    }

    private Optional<String> button(Texts texts) {
        return singleSignOn.isAvailable()
                ? Optional.of(singleSignOn
                        .name()
                        .map(name -> texts.get("signIn.oidc.button", name))
                        .orElseGet(() -> texts.get("signIn.oidc.name")))
                : Optional.empty();
    }

    private String issuer(Texts texts) {
        return singleSignOn.name().orElseGet(() -> texts.get("signIn.oidc.name"));
    }

    private String words(Failure why, Texts texts) {
        return switch (why) {
            case Failure.Wrong() -> texts.get("signIn.wrong");
            case Failure.WrongPasskey() -> texts.get("signIn.wrongPasskey");
            case Failure.SingleSignOn(var reason) -> texts.get(reason.key(), issuer(texts));
            case Failure.TooManyTries(var wait) ->
                texts.count("signIn.tooMany", Math.max(1, wait.plusSeconds(59).toMinutes()));
        };
    }
}
