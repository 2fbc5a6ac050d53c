package express.polaris.portal.account;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.documents.Texts;
import express.polaris.platform.settings.Settings;
import express.polaris.portal.PortalPages;
import express.polaris.portal.account.RetentionPage.Kept;
import java.time.Duration;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Page {@code /account/kept}: what is stored about a person, why, and for how long. */
@Controller
class RetentionController {

    private static final int DAYS_OF_A_YEAR = 365;

    private final Settings.Retention retention;
    private final PortalPages pages;

    RetentionController(Settings settings, PortalPages pages) {
        this.retention = settings.retention();
        this.pages = pages;
    }

    @GetMapping("/account/kept")
    ResponseEntity<byte[]> page(@SignedInAccount Account account, CsrfToken csrf) {
        var shell = pages.shell(account, csrf, "nav.account");
        return pages.render("account/kept.jte", new RetentionPage(shell, kept(shell.texts())));
    }

    private static Kept kept(Texts texts, String id, String icon, String time) {
        return new Kept(id, icon, texts.get("kept." + id), texts.get("kept." + id + ".text"), time);
    }

    private List<Kept> kept(Texts texts) {
        var untilDeleted = texts.get("kept.untilDeleted");
        var always = texts.get("kept.always");
        return List.of(
                kept(texts, "account", "user", untilDeleted),
                kept(texts, "access", "key", texts.get("kept.untilEnded")),
                kept(texts, "sessions", "bolt", always),
                kept(texts, "invoices", "invoice", always),
                kept(texts, "statements", "home", always),
                kept(texts, "answers", "list", time(texts, retention.answers())),
                kept(texts, "notifications", "bell", time(texts, retention.notifications())),
                kept(texts, "mails", "mail", time(texts, retention.mails())),
                kept(texts, "starts", "charger", time(texts, retention.starts())),
                kept(texts, "notes", "edit", time(texts, retention.notes())),
                kept(texts, "browsers", "device", time(texts, retention.browsers())),
                kept(texts, "tries", "shield", texts.count("kept.days", 1)),
                kept(texts, "audit", "list", time(texts, retention.audit())));
    }

    private static String time(Texts texts, Duration kept) {
        long days = kept.toDays();
        return days % DAYS_OF_A_YEAR == 0
                ? texts.count("kept.years", days / DAYS_OF_A_YEAR)
                : texts.count("kept.days", days);
    }
}
