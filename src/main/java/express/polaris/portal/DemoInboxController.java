package express.polaris.portal;

import express.polaris.documents.Texts;
import express.polaris.messages.mail.DemoInbox;
import express.polaris.platform.settings.SettingsLoader;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Inbox of the demo. The page exists in the demo only. */
@Controller
@ConditionalOnProperty(name = SettingsLoader.MODE, havingValue = SettingsLoader.DEMO)
class DemoInboxController {

    private static final Pattern LINK = Pattern.compile("(?m)^(http://localhost:\\d+)(/\\S+)$");

    private final DemoInbox inbox;
    private final PortalPages pages;

    DemoInboxController(DemoInbox inbox, PortalPages pages) {
        this.inbox = inbox;
        this.pages = pages;
    }

    @GetMapping("/demo/inbox")
    ResponseEntity<byte[]> list(HttpServletRequest request, CsrfToken csrf) {
        var shell = pages.signedOutShell(Texts.choose(request.getLocales()), csrf);
        var mails =
                inbox.all().stream().limit(20).map(DemoInboxController::shown).toList();
        return pages.render("demo/inbox.jte", new DemoInboxPage(shell, mails));
    }

    private static DemoInboxPage.Mail shown(DemoInbox.Received mail) {
        var link = LINK.matcher(mail.plain());
        return new DemoInboxPage.Mail(
                mail.at(),
                mail.to(),
                mail.subject(),
                mail.plain(),
                link.find() ? Optional.of(link.group(2)) : Optional.empty());
    }
}
