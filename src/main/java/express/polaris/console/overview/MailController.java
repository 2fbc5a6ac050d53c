package express.polaris.console.overview;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.AccountService;
import express.polaris.accounts.SignedInAccount;
import express.polaris.attention.Attention;
import express.polaris.attention.AttentionItem;
import express.polaris.attention.AttentionKind;
import express.polaris.console.ConsolePages;
import express.polaris.documents.Texts;
import express.polaris.messages.mail.OperatorMails;
import express.polaris.messages.mail.OperatorMails.Unsent;
import express.polaris.messages.mail.Outbox;
import express.polaris.platform.refusals.NotFound;
import express.polaris.web.AfterForm;
import express.polaris.web.Shell;
import express.polaris.web.views.AttentionWords;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Unsent mails, and the retry of a mail that was given up. */
@Controller
@RequestMapping("/operator/mails")
class MailController {

    private static final int SHOWN = 200;
    private static final Duration FAILED_WITHIN = Duration.ofDays(90);

    private final OperatorMails mails;
    private final Outbox outbox;
    private final Attention attention;
    private final AccountService accounts;
    private final ConsolePages pages;
    private final Clock clock;

    MailController(
            OperatorMails mails,
            Outbox outbox,
            Attention attention,
            AccountService accounts,
            ConsolePages pages,
            Clock clock) {
        this.mails = mails;
        this.outbox = outbox;
        this.attention = attention;
        this.accounts = accounts;
        this.pages = pages;
        this.clock = clock;
    }

    @GetMapping
    ResponseEntity<byte[]> list(
            @RequestParam Optional<String> done, @SignedInAccount Account operator, CsrfToken csrf) {
        var texts = Texts.of(operator.locale());
        var shell = pages.shell(operator, csrf, "nav.console.health", done.flatMap(outcome -> notice(outcome, texts)));
        var failed = mails.failed(clock.instant().minus(FAILED_WITHIN), SHOWN);
        var waiting = mails.waiting(SHOWN);
        var people = accounts.findAll(Stream.concat(failed.stream(), waiting.stream())
                .map(Unsent::account)
                .collect(Collectors.toSet()));
        var unseen = attention.items().stream()
                .filter(item -> item.kind() == AttentionKind.FAILED_MAIL && item.canBeSeen())
                .collect(Collectors.toMap(
                        AttentionItem::subject, item -> item.version().orElseThrow()));
        var words = new AttentionWords(shell.texts(), shell.format());
        return pages.render(
                "console/mails.jte",
                new MailListPage(
                        shell,
                        outbox.isAvailable(),
                        failed.stream()
                                .map(mail -> row(mail, people, words, unseen))
                                .toList(),
                        waiting.stream()
                                .map(mail -> row(mail, people, words, Map.of()))
                                .toList()));
    }

    @PostMapping("/{id}/retry")
    ResponseEntity<Void> retry(@PathVariable String id, @SignedInAccount Account operator) {
        if (!id.matches("[0-9]{1,18}")) {
            throw new NotFound();
        }
        boolean again = mails.retry(operator.id(), Long.parseLong(id));
        return AfterForm.seeOther("/operator/mails?done=" + (again ? "retried" : "gone"));
    }

    private static MailListPage.Row row(
            Unsent mail, Map<AccountId, Account> people, AttentionWords words, Map<String, String> unseen) {
        var account = Optional.ofNullable(people.get(mail.account()));
        return new MailListPage.Row(
                mail.id(),
                words.mailKind(mail.kind()),
                mail.account().value(),
                account.map(Account::name).orElse(mail.account().toString()),
                account.filter(known -> !known.isOperator()).isPresent(),
                mail.createdAt(),
                mail.failedAt(),
                mail.nextTryAt(),
                mail.tries(),
                mail.lastError(),
                Optional.ofNullable(unseen.get(Long.toString(mail.id()))));
    }

    private static Optional<Shell.Notice> notice(String outcome, Texts texts) {
        return switch (outcome) {
            case "retried" -> Optional.of(new Shell.Notice(Shell.Tone.SUCCESS, texts.get("mails.done.retried")));
            case "gone" -> Optional.of(new Shell.Notice(Shell.Tone.INFO, texts.get("mails.done.gone")));
            default -> AttentionController.notice(outcome, texts);
        };
    }
}
