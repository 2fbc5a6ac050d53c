package express.polaris.console;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.Accounts;
import express.polaris.accounts.CurrentAccount;
import express.polaris.billing.BillingOutcome;
import express.polaris.billing.Credit;
import express.polaris.billing.Credits;
import express.polaris.billing.Fault;
import express.polaris.billing.OperatorInvoices;
import express.polaris.problems.NotFound;
import express.polaris.sessions.SessionId;
import express.polaris.web.Texts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Credits: what was granted, and one more. */
@Controller
class CreditConsole {

    private static final int ROWS = 50;
    private static final int MOST_OFFERED = 200;
    private static final AccountId NOBODY = new AccountId(0);

    private final Credits credits;
    private final OperatorInvoices changes;
    private final Accounts accounts;
    private final ConsoleKit kit;

    CreditConsole(Credits credits, OperatorInvoices changes, Accounts accounts, ConsoleKit kit) {
        this.credits = credits;
        this.changes = changes;
        this.accounts = accounts;
        this.kit = kit;
    }

    /**
     * @param driver whom to propose: a number or an address
     * @param session what to propose that it is for
     * @param before the id of the last credit of the page before
     */
    @GetMapping("/operator/credits")
    ResponseEntity<byte[]> list(
            @RequestParam(defaultValue = "") String driver,
            @RequestParam(defaultValue = "") String session,
            @RequestParam(defaultValue = "") String before,
            @RequestParam(defaultValue = "") String done,
            @CurrentAccount Account operator,
            CsrfToken csrf) {
        var form = new CreditListPage.Form(driver(driver).map(Account::email).orElse(driver), "", "", session);
        return page(HttpStatus.OK, form, FieldFaults.NONE, before, done, operator, csrf);
    }

    @PostMapping("/operator/credits")
    ResponseEntity<?> grant(
            @RequestParam(defaultValue = "") String driver,
            @RequestParam(defaultValue = "") String amount,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "") String session,
            @CurrentAccount Account operator,
            CsrfToken csrf) {
        var form = new CreditListPage.Form(driver, amount, reason, session);
        var outcome = changes.grant(
                operator.id(),
                driver(driver).map(Account::id).orElse(NOBODY),
                Typed.number(amount),
                reason,
                Optional.of(session.strip())
                        .filter(text -> !text.isEmpty())
                        .map(text -> new SessionId(ConsolePaths.id(text).orElse(0L))));
        return switch (outcome) {
            case BillingOutcome.Done<Credit>(var credit) -> Answers.seeOther("/operator/credits?done=granted");
            case BillingOutcome.NotFound<Credit>() -> throw new NotFound();
            case BillingOutcome.Conflict<Credit>(var message) ->
                page(HttpStatus.CONFLICT, form, FieldFaults.of(message), "", "", operator, csrf);
            case BillingOutcome.Invalid<Credit>(var faults) ->
                page(HttpStatus.UNPROCESSABLE_CONTENT, form, said(faults, operator), "", "", operator, csrf);
        };
    }

    private Optional<Account> driver(String text) {
        var wanted = text.strip();
        return ConsolePaths.id(wanted)
                .map(AccountId::new)
                .flatMap(accounts::findDriver)
                .or(() -> wanted.isEmpty() || wanted.indexOf('\0') >= 0
                        ? Optional.empty()
                        : accounts.findByEmail(wanted));
    }

    private ResponseEntity<byte[]> page(
            HttpStatusCode status,
            CreditListPage.Form form,
            FieldFaults faults,
            String before,
            String done,
            Account operator,
            CsrfToken csrf) {
        var found = credits.page(ConsolePaths.id(before), ROWS + 1);
        var shown = found.subList(0, Math.min(found.size(), ROWS));
        var people =
                accounts.findAll(shown.stream().map(Credit::driver).distinct().toList());
        var shell = kit.shells()
                .of(operator, csrf, "nav.console.invoices", Answers.done("console.credit.done.", done, operator));
        var page = new CreditListPage(
                shell,
                shown.stream()
                        .map(credit -> new CreditListPage.Row(
                                credit,
                                Optional.ofNullable(people.get(credit.driver()))
                                        .map(Account::name)
                                        .orElse(""),
                                ConsolePaths.driver(credit.driver())))
                        .toList(),
                found.size() > ROWS
                        ? Optional.of(ConsolePaths.with(
                                "/operator/credits",
                                new TreeMap<>(Map.of(
                                        "before", Long.toString(shown.getLast().id())))))
                        : Optional.empty(),
                form,
                accounts.drivers(Optional.empty(), Optional.empty(), MOST_OFFERED).items().stream()
                        .map(Account::email)
                        .toList(),
                faults);
        return kit.pages().render(status, "console/credits/list.jte", page);
    }

    /** The form knows a driver by address. */
    private static FieldFaults said(List<Fault> faults, Account operator) {
        var said = new LinkedHashMap<String, String>();
        for (var fault : faults) {
            switch (fault.field()) {
                case "driverId" ->
                    said.put("driver", Texts.of(operator.locale()).get("console.credit.noDriver"));
                case "sessionId" -> said.put("session", FieldFaults.sentence(fault.message()));
                default -> said.put(fault.field(), FieldFaults.sentence(fault.message()));
            }
        }
        return new FieldFaults(said);
    }
}
