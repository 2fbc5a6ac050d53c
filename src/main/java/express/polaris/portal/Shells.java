package express.polaris.portal;

import express.polaris.accounts.Account;
import express.polaris.notifications.Notifications;
import express.polaris.settings.Settings;
import express.polaris.web.Format;
import express.polaris.web.Navigation;
import express.polaris.web.Shell;
import express.polaris.web.Texts;
import java.util.Locale;
import java.util.Optional;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;

/** What surrounds the pages of this module. */
@Component
class Shells {

    private final Notifications notifications;
    private final Settings settings;

    Shells(Notifications notifications, Settings settings) {
        this.notifications = notifications;
        this.settings = settings;
    }

    /** @param active key of the open navigation item */
    Shell of(Account account, CsrfToken csrf, String active, Optional<Shell.Notice> notice) {
        return new Shell(
                Texts.of(account.locale()),
                new Format(account.locale(), account.timeZone()),
                Optional.of(new Shell.Viewer(
                        account.name(), account.email(), account.isOperator(), notifications.unread(account.id()))),
                Navigation.portal(active),
                Optional.of(csrf(csrf)),
                new Shell.Banners(settings.demo(), Optional.empty(), notice));
    }

    /** For whoever is not signed in, in the language their browser asks for. */
    Shell signedOut(Locale locale, CsrfToken csrf, Optional<Shell.Notice> notice) {
        return new Shell(
                Texts.of(locale),
                new Format(locale, settings.timeZone()),
                Optional.empty(),
                Navigation.none(),
                Optional.of(csrf(csrf)),
                new Shell.Banners(settings.demo(), Optional.empty(), notice));
    }

    private static Shell.Csrf csrf(CsrfToken token) {
        return new Shell.Csrf(token.getParameterName(), token.getHeaderName(), token.getToken());
    }
}
