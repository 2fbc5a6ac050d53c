package express.polaris.portal.account;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.messages.notifications.NotificationService;
import express.polaris.messages.notifications.NotificationWriter;
import express.polaris.portal.PortalPages;
import express.polaris.web.AfterForm;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** A driver's notifications. */
@Controller
class NotificationController {

    private static final int SHOWN = 50;

    private final NotificationService notifications;
    private final NotificationWriter words;
    private final PortalPages pages;

    NotificationController(NotificationService notifications, NotificationWriter words, PortalPages pages) {
        this.notifications = notifications;
        this.words = words;
        this.pages = pages;
    }

    @GetMapping("/notifications")
    ResponseEntity<byte[]> list(@SignedInAccount Account account, CsrfToken csrf) {
        var shell = pages.shell(account, csrf, "nav.notifications");
        var latest = notifications.latest(account.id(), SHOWN);
        return pages.render(
                "account/notifications.jte",
                new NotificationsPage(
                        shell,
                        words.of(latest, shell.texts(), shell.format()),
                        latest.isEmpty() ? 0 : latest.getFirst().id()));
    }

    @PostMapping("/notifications/read")
    ResponseEntity<Void> read(@RequestParam(defaultValue = "0") long upTo, @SignedInAccount Account account) {
        notifications.markRead(account.id(), upTo);
        return AfterForm.seeOther("/notifications");
    }
}
