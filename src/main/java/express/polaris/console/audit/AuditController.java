package express.polaris.console.audit;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.AccountService;
import express.polaris.accounts.AuditFilter;
import express.polaris.accounts.AuditLog;
import express.polaris.accounts.SignedInAccount;
import express.polaris.console.ConsolePages;
import express.polaris.documents.Texts;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Audit log: actor, action, subject and time. */
@Controller
class AuditController {

    private static final int SHOWN = 50;
    private static final int LONGEST = 200;
    private static final Pattern ID = Pattern.compile("[0-9]{1,18}");
    private static final Pattern SUBJECT = Pattern.compile("(session|sync run|account|mail) ([0-9]{1,18})");

    private final AuditLog audit;
    private final AccountService accounts;
    private final JsonMapper json;
    private final ConsolePages pages;

    AuditController(AuditLog audit, AccountService accounts, JsonMapper json, ConsolePages pages) {
        this.audit = audit;
        this.accounts = accounts;
        this.json = json;
        this.pages = pages;
    }

    @GetMapping("/operator/audit")
    ResponseEntity<byte[]> list(
            @RequestParam(defaultValue = "") String who,
            @RequestParam(defaultValue = "") String action,
            @RequestParam(defaultValue = "") String subject,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String cursor,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        var shell = pages.shell(operator, csrf, "nav.console.audit");
        var wanted = new AuditPage.Filter(who.strip(), action.strip(), subject.strip(), from.strip(), to.strip());
        var faults = new ArrayList<String>();
        var filter = filter(wanted, shell.format().zone(), shell.texts(), faults);
        var found = faults.isEmpty() ? audit.page(filter, position(cursor), SHOWN + 1) : List.<AuditLog.Entry>of();
        var shown = found.subList(0, Math.min(found.size(), SHOWN));
        var actors = audit.actors();
        var people =
                accounts.findAll(Stream.concat(actors.stream(), subjects(shown)).collect(Collectors.toSet()));
        var page = new AuditPage(
                shell,
                wanted,
                faults,
                actors.stream()
                        .map(id -> new AuditPage.Choice(id.toString(), name(id, people)))
                        .toList(),
                audit.actions().stream()
                        .map(code -> new AuditPage.Choice(code, words(code, shell.texts())))
                        .toList(),
                shown.stream().map(entry -> row(entry, people, shell.texts())).toList(),
                found.size() > SHOWN
                        ? Optional.of(Long.toString(shown.getLast().id(), Character.MAX_RADIX))
                        : Optional.empty());
        var status = faults.isEmpty() ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT;
        return pages.render(status, "console/audit.jte", page);
    }

    /** An invalid cursor starts at the first page. */
    private static Optional<Long> position(String cursor) {
        try {
            return cursor.isEmpty() ? Optional.empty() : Optional.of(Long.parseLong(cursor, Character.MAX_RADIX));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static AuditFilter filter(AuditPage.Filter wanted, ZoneId zone, Texts texts, List<String> faults) {
        var from = date(wanted.from(), texts, faults);
        var to = date(wanted.to(), texts, faults);
        if (from.isPresent() && to.isPresent() && from.get().isAfter(to.get())) {
            faults.add(texts.get("audit.fault.order"));
        }
        if (!wanted.who().isEmpty() && !ID.matcher(wanted.who()).matches()) {
            faults.add(texts.get("audit.fault.who"));
        }
        var who = Optional.of(wanted.who())
                .filter(text -> ID.matcher(text).matches())
                .map(text -> new AccountId(Long.parseLong(text)));
        return new AuditFilter(
                who,
                some(wanted.action()),
                some(wanted.subject()),
                from.map(date -> date.atStartOfDay(zone).toInstant()),
                to.map(date -> date.plusDays(1).atStartOfDay(zone).toInstant()));
    }

    private static Optional<LocalDate> date(String text, Texts texts, List<String> faults) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            var date = LocalDate.parse(text);
            if (date.getYear() >= 2000 && date.getYear() < 2200) {
                return Optional.of(date);
            }
        } catch (DateTimeException e) {
            // reported below
        }
        faults.add(texts.get("audit.fault.date", text));
        return Optional.empty();
    }

    private static Optional<String> some(String text) {
        var usable = text.replace("\0", "");
        return Optional.of(usable.substring(0, Math.min(LONGEST, usable.length())))
                .filter(kept -> !kept.isEmpty());
    }

    private static Stream<AccountId> subjects(List<AuditLog.Entry> entries) {
        return entries.stream()
                .map(entry -> SUBJECT.matcher(entry.subject()))
                .filter(match -> match.matches() && match.group(1).equals("account"))
                .map(match -> new AccountId(Long.parseLong(match.group(2))));
    }

    private AuditPage.Row row(AuditLog.Entry entry, Map<AccountId, Account> people, Texts texts) {
        return new AuditPage.Row(
                entry.id(),
                entry.at(),
                entry.actor().map(id -> name(id, people)),
                words(entry.action(), texts),
                entry.action(),
                entry.subject(),
                href(entry.subject(), people),
                details(entry.details(), texts));
    }

    private static String words(String code, Texts texts) {
        return texts.find("audit.action." + code).orElse(code);
    }

    private static String name(AccountId id, Map<AccountId, Account> people) {
        return Optional.ofNullable(people.get(id)).map(Account::name).orElse(id.toString());
    }

    private static Optional<String> href(String subject, Map<AccountId, Account> people) {
        var match = SUBJECT.matcher(subject);
        if (!match.matches()) {
            return Optional.empty();
        }
        var id = match.group(2);
        return switch (match.group(1)) {
            case "session" -> Optional.of("/operator/transactions/" + id);
            case "sync run" -> Optional.of("/operator/sync/" + id);
            case "mail" -> Optional.of("/operator/mails");
            default ->
                Optional.ofNullable(people.get(new AccountId(Long.parseLong(id))))
                        .filter(account -> !account.isOperator())
                        .map(account -> "/operator/drivers/" + id);
        };
    }

    private List<AuditPage.Detail> details(String text, Texts texts) {
        return json.readTree(text).properties().stream()
                .filter(field ->
                        !field.getValue().isArray() || !field.getValue().isEmpty())
                .map(field -> new AuditPage.Detail(
                        texts.find("audit.detail." + field.getKey()).orElse(field.getKey()), value(field.getValue())))
                .toList();
    }

    private static String value(JsonNode node) {
        if (node.isArray()) {
            return node.valueStream().map(AuditController::value).collect(Collectors.joining(", "));
        }
        return node.isString() ? node.asString() : node.toString();
    }
}
