package express.polaris.console.overview;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.attention.Attention;
import express.polaris.attention.AttentionItem;
import express.polaris.console.ConsolePages;
import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.sessions.statistics.Accounting;
import express.polaris.web.AfterForm;
import express.polaris.web.Shell;
import express.polaris.web.WithoutSnapshot;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Operator's home page. */
@Controller
class OverviewController {

    private final ConsolePages pages;
    private final OverviewPageBuilder views;
    private final Attention attention;
    private final FirstSteps steps;
    private final ImportState.Reader data;
    private final Accounting accounting;
    private final Clock clock;

    OverviewController(
            ConsolePages pages,
            OverviewPageBuilder views,
            Attention attention,
            FirstSteps steps,
            ImportState.Reader data,
            Accounting accounting,
            Clock clock) {
        this.pages = pages;
        this.views = views;
        this.attention = attention;
        this.steps = steps;
        this.data = data;
        this.accounting = accounting;
        this.clock = clock;
    }

    @WithoutSnapshot
    @GetMapping("/operator")
    ResponseEntity<byte[]> overview(
            @RequestParam Optional<String> done,
            @SignedInAccount Account operator,
            CsrfToken csrf,
            HttpServletRequest request) {
        var notice = done.flatMap(outcome -> notice(outcome, Texts.of(operator.locale())));
        var shell = pages.shell(operator, csrf, "nav.console.overview", notice);
        var statement = accounting.statement();
        var month = views.month(shell.texts(), shell.format());
        var items = attention.items();
        return pages.render(
                "console/overview.jte",
                new OverviewPage(
                        shell,
                        steps.now(context(operator, items, request)),
                        data.now(),
                        views.groups(items, shell.texts(), shell.format()),
                        pages.fragment("console/now.jte", views.now(shell.texts(), shell.format(), month)),
                        month,
                        Optional.of(statement)));
    }

    private StepCheck.Context context(Account operator, List<AttentionItem> items, HttpServletRequest request) {
        return new StepCheck.Context(
                Texts.of(operator.locale()),
                new Format(operator.locale(), operator.timeZone()),
                clock.instant(),
                items,
                SeenAddress.of(request));
    }

    @WithoutSnapshot
    @PostMapping("/operator/first-steps/hide")
    ResponseEntity<Void> hide(@SignedInAccount Account operator, HttpServletRequest request) {
        steps.hide(context(operator, attention.items(), request), operator);
        return AfterForm.seeOther("/operator?done=steps-hidden");
    }

    @WithoutSnapshot
    @PostMapping("/operator/first-steps/show")
    ResponseEntity<Void> show(@SignedInAccount Account operator) {
        steps.show(operator);
        return AfterForm.seeOther("/operator");
    }

    private static Optional<Shell.Notice> notice(String outcome, Texts texts) {
        return outcome.equals("steps-hidden")
                ? Optional.of(new Shell.Notice(Shell.Tone.INFO, texts.get("steps.hidden")))
                : AttentionController.notice(outcome, texts);
    }

    /** The part of the overview that refreshes itself, without the rest of the page. */
    @GetMapping("/operator/now")
    ResponseEntity<byte[]> now(@SignedInAccount Account operator) {
        var texts = Texts.of(operator.locale());
        var format = new Format(operator.locale(), operator.timeZone());
        return pages.render("console/now.jte", views.now(texts, format, views.month(texts, format)));
    }
}
