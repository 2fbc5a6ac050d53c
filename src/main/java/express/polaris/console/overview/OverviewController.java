package express.polaris.console.overview;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.console.ConsolePages;
import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.sessions.statistics.Accounting;
import express.polaris.web.WithoutSnapshot;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Operator's home page. */
@Controller
class OverviewController {

    private final ConsolePages pages;
    private final OverviewPageBuilder views;
    private final Accounting accounting;

    OverviewController(ConsolePages pages, OverviewPageBuilder views, Accounting accounting) {
        this.pages = pages;
        this.views = views;
        this.accounting = accounting;
    }

    @WithoutSnapshot
    @GetMapping("/operator")
    ResponseEntity<byte[]> overview(
            @RequestParam Optional<String> done, @SignedInAccount Account operator, CsrfToken csrf) {
        var notice = done.flatMap(outcome -> AttentionController.notice(outcome, Texts.of(operator.locale())));
        var shell = pages.shell(operator, csrf, "nav.console.overview", notice);
        var statement = accounting.statement();
        var month = views.month(shell.texts(), shell.format());
        return pages.render(
                "console/overview.jte",
                new OverviewPage(
                        shell,
                        views.groups(shell.texts(), shell.format()),
                        pages.fragment("console/now.jte", views.now(shell.texts(), shell.format(), month)),
                        month,
                        Optional.of(statement)));
    }

    /** The part of the overview that refreshes itself, without the rest of the page. */
    @GetMapping("/operator/now")
    ResponseEntity<byte[]> now(@SignedInAccount Account operator) {
        var texts = Texts.of(operator.locale());
        var format = new Format(operator.locale(), operator.timeZone());
        return pages.render("console/now.jte", views.now(texts, format, views.month(texts, format)));
    }
}
