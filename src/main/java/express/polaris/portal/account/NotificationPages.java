package express.polaris.portal.account;

import express.polaris.accounts.Account;
import express.polaris.accounts.CurrentAccount;
import express.polaris.messages.notifications.NotificationTexts;
import express.polaris.messages.notifications.Notifications;
import express.polaris.portal.PageKit;
import express.polaris.web.AfterForm;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** A driver's notifications. */
@Controller
class NotificationPages {

    private static final int SHOWN = 50;

    private final Notifications notifications;
    private final NotificationTexts words;
    private final PageKit kit;

    NotificationPages(Notifications notifications, NotificationTexts words, PageKit kit) {
        this.notifications = notifications;
        this.words = words;
        this.kit = kit;
    }

    @GetMapping("/notifications")
    ResponseEntity<byte[]> list(@CurrentAccount Account account, CsrfToken csrf) {
        var shell = kit.shells().of(account, csrf, "nav.notifications", Optional.empty());
        var latest = notifications.latest(account.id(), SHOWN);
        return kit.pages()
                .render(
                        "account/notifications.jte",
                        new NotificationsPage(
                                shell,
                                words.of(latest, shell.texts(), shell.format()),
                                latest.isEmpty() ? 0 : latest.getFirst().id()));
    }

    @PostMapping("/notifications/read")
    ResponseEntity<Void> read(@RequestParam(defaultValue = "0") long upTo, @CurrentAccount Account account) {
        notifications.markRead(account.id(), upTo);
        return AfterForm.seeOther("/notifications");
    }
}
