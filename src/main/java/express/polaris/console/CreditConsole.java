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
import express.polaris.documents.Texts;
import express.polaris.problems.NotFound;
import express.polaris.sessions.SessionId;
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
    private static final int MOST_OFFERED = 20;
    private static final AccountId NOBODY = new AccountId(0);

    private final Credits credits;
    private final OperatorInvoices changes;
    private final Accounts accounts;
    private final PersonChoice people;
    private final ConsoleKit kit;

    CreditConsole(Credits credits, OperatorInvoices changes, Accounts accounts, PersonChoice people, ConsoleKit kit) {
        this.credits = credits;
        this.changes = changes;
        this.accounts = accounts;
        this.people = people;
        this.kit = kit;
    }

    /**
     * @param driver whom to propose: a number, an address, or a part of a name
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
        var found = people.drivers(driver, 2);
        var form = new CreditListPage.Form(found.size() == 1 ? found.getFirst().email() : driver, "", "", "", session);
        return page(HttpStatus.OK, form, FieldFaults.NONE, before, done, operator, csrf);
    }

    /** Those that a half typed name may mean, as the choices of its field. */
    @GetMapping("/operator/credits/drivers")
    ResponseEntity<byte[]> drivers(@RequestParam(defaultValue = "") String driver) {
        return kit.pages().render("console/credits/drivers.jte", people.drivers(driver, MOST_OFFERED));
    }

    /** @param chosen the number of the one that is meant, where several are called like that */
    @PostMapping("/operator/credits")
    ResponseEntity<?> grant(
            @RequestParam(defaultValue = "") String driver,
            @RequestParam(defaultValue = "") String chosen,
            @RequestParam(defaultValue = "") String amount,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "") String session,
            @CurrentAccount Account operator,
            CsrfToken csrf) {
        var meant = people.drivers(driver, MOST_OFFERED);
        var one = meant.stream()
                .filter(account -> meant.size() == 1 || account.id().toString().equals(chosen))
                .findFirst();
        var form = new CreditListPage.Form(
                driver, one.map(account -> account.id().toString()).orElse(""), amount, reason, session);
        var outcome = changes.grant(
                operator.id(),
                one.map(Account::id).orElse(NOBODY),
                Typed.number(amount),
                reason,
                Optional.of(session.strip())
                        .filter(text -> !text.isEmpty())
                        .map(text -> new SessionId(ConsolePaths.id(text).orElse(0L))));
        return switch (outcome) {
            case BillingOutcome.Done<Credit>(var credit) -> Answers.seeOther("/operator/credits?done=granted");
            case BillingOutcome.NotFound<Credit>() -> throw new NotFound();
            case BillingOutcome.Conflict<Credit>(var wording) ->
                page(HttpStatus.CONFLICT, form, FieldFaults.of(wording, operator), "", "", operator, csrf);
            case BillingOutcome.Invalid<Credit>(var faults) ->
                page(HttpStatus.UNPROCESSABLE_CONTENT, form, said(faults, meant, operator), "", "", operator, csrf);
        };
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
        var holders =
                accounts.findAll(shown.stream().map(Credit::driver).distinct().toList());
        var shell = kit.shells()
                .of(operator, csrf, "nav.console.invoices", Answers.done("console.credit.done.", done, operator));
        var page = new CreditListPage(
                shell,
                shown.stream()
                        .map(credit -> new CreditListPage.Row(
                                credit,
                                Optional.ofNullable(holders.get(credit.driver()))
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
                faults.at("driver").isPresent() ? people.drivers(form.driver(), MOST_OFFERED) : List.of(),
                faults);
        return kit.pages().render(status, "console/credits/list.jte", page);
    }

    /** The form knows a driver by what was typed. */
    private static FieldFaults said(List<Fault> faults, List<Account> meant, Account operator) {
        var texts = Texts.of(operator.locale());
        var said = new LinkedHashMap<String, String>();
        for (var fault : faults) {
            switch (fault.field()) {
                case "driverId" ->
                    said.put(
                            "driver",
                            texts.get(meant.isEmpty() ? "console.credit.noDriver" : "console.credit.several"));
                case "sessionId" -> said.put("session", FieldFaults.words(fault.wording(), operator));
                default -> said.put(fault.field(), FieldFaults.words(fault.wording(), operator));
            }
        }
        return new FieldFaults(said);
    }
}
