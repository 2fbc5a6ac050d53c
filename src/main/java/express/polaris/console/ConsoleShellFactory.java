package express.polaris.console;

import express.polaris.accounts.Account;
import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.messages.notifications.NotificationService;
import express.polaris.platform.settings.Settings;
import express.polaris.web.Navigation;
import express.polaris.web.Shell;
import java.util.Optional;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;

/** Builds the shell of the console's pages. */
@Component
public class ConsoleShellFactory {

    private final NotificationService notifications;
    private final Settings settings;

    ConsoleShellFactory(NotificationService notifications, Settings settings) {
        this.notifications = notifications;
        this.settings = settings;
    }

    /**
     * @param active key of the active navigation item, such as {@code nav.console.transactions}
     */
    public Shell of(Account operator, CsrfToken csrf, String active, Optional<Shell.Notice> notice) {
        return new Shell(
                Texts.of(operator.locale()),
                new Format(operator.locale(), operator.timeZone()),
                Optional.of(
                        new Shell.Viewer(operator.name(), operator.email(), true, notifications.unread(operator.id()))),
                Navigation.operator(active),
                Optional.of(new Shell.Csrf(csrf.getParameterName(), csrf.getHeaderName(), csrf.getToken())),
                new Shell.Banners(settings.demo(), Optional.empty(), notice));
    }
}
