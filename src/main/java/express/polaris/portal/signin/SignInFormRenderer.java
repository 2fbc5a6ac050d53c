package express.polaris.portal.signin;

import express.polaris.accounts.PasskeySite;
import express.polaris.accounts.Role;
import express.polaris.accounts.TrialAccounts;
import express.polaris.accounts.access.PasskeySiteResolver;
import express.polaris.documents.Texts;
import express.polaris.messages.mail.Outbox;
import express.polaris.portal.PortalPages;
import express.polaris.web.Shell;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Renders the sign-in page for {@code accounts.access}. */
@Component
class SignInFormRenderer implements express.polaris.accounts.access.SignInPageRenderer {

    private final PortalPages pages;
    private final Outbox outbox;
    private final PasskeySiteResolver passkeys;
    private final ObjectProvider<TrialAccounts> trialAccounts;

    SignInFormRenderer(
            PortalPages pages,
            Outbox outbox,
            PasskeySiteResolver passkeys,
            ObjectProvider<TrialAccounts> trialAccounts) {
        this.pages = pages;
        this.outbox = outbox;
        this.passkeys = passkeys;
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

    private static String words(Failure why, Texts texts) {
        return switch (why) {
            case Failure.Wrong() -> texts.get("signIn.wrong");
            case Failure.WrongPasskey() -> texts.get("signIn.wrongPasskey");
            case Failure.TooManyTries(var wait) ->
                texts.count("signIn.tooMany", Math.max(1, wait.plusSeconds(59).toMinutes()));
        };
    }
}
