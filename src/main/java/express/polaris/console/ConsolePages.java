package express.polaris.console;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.AccountService;
import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.messages.notifications.NotificationService;
import express.polaris.platform.settings.Settings;
import express.polaris.web.Fragment;
import express.polaris.web.Navigation;
import express.polaris.web.Pages;
import express.polaris.web.RefusalTexts;
import express.polaris.web.Shell;
import java.util.Optional;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;

/** Frames and renders the console's pages; names people and writes refusals on them. */
@Component
public class ConsolePages {

    private final Pages pages;
    private final AccountService accounts;
    private final NotificationService notifications;
    private final Settings settings;

    ConsolePages(Pages pages, AccountService accounts, NotificationService notifications, Settings settings) {
        this.pages = pages;
        this.accounts = accounts;
        this.notifications = notifications;
        this.settings = settings;
    }

    /** Shell without a notice. */
    public Shell shell(Account operator, CsrfToken csrf, String active) {
        return shell(operator, csrf, active, Optional.empty());
    }

    /**
     * @param active key of the active navigation item, such as {@code nav.console.transactions}
     */
    public Shell shell(Account operator, CsrfToken csrf, String active, Optional<Shell.Notice> notice) {
        return new Shell(
                Texts.of(operator.locale()),
                new Format(operator.locale(), operator.timeZone()),
                Optional.of(
                        new Shell.Viewer(operator.name(), operator.email(), true, notifications.unread(operator.id()))),
                Navigation.operator(active),
                Optional.of(new Shell.Csrf(csrf.getParameterName(), csrf.getHeaderName(), csrf.getToken())),
                new Shell.Banners(settings.demo(), Optional.empty(), notice));
    }

    /**
     * @param template path under {@code src/main/jte}, such as {@code console/mails.jte}
     * @param page the template's only parameter
     */
    public ResponseEntity<byte[]> render(String template, Object page) {
        return pages.render(template, page);
    }

    public ResponseEntity<byte[]> render(HttpStatusCode status, String template, Object page) {
        return pages.render(status, template, page);
    }

    /** Renders a part of a page, to be embedded in the page's record. */
    public Fragment fragment(String template, Object part) {
        return pages.fragment(template, part);
    }

    /** Refusal texts in the operator's language, with the names of people in place of their ids. */
    public RefusalTexts refusals(Account operator) {
        return new RefusalTexts(
                operator.locale(), operator.timeZone(), part -> part instanceof AccountId id ? nameOf(id) : part);
    }

    /** Name of the account; its id if there is no such account. */
    public String nameOf(AccountId id) {
        return accounts.find(id).map(Account::name).orElseGet(id::toString);
    }
}
