package express.polaris.console.money;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.AccountService;
import express.polaris.accounts.SignedInAccount;
import express.polaris.billing.invoicing.Credit;
import express.polaris.billing.invoicing.CreditService;
import express.polaris.billing.invoicing.OperatorInvoices;
import express.polaris.console.ConsolePages;
import express.polaris.console.ConsoleReason;
import express.polaris.console.PersonChoice;
import express.polaris.console.TypedText;
import express.polaris.documents.Texts;
import express.polaris.platform.refusals.Fault;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.sessions.SessionId;
import express.polaris.web.AfterForm;
import express.polaris.web.FieldFaults;
import express.polaris.web.views.ConsolePaths;
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

/** Credits: the list and the form that grants one. */
@Controller
class CreditController {

    private static final int ROWS = 50;
    private static final int MOST_OFFERED = 20;
    private static final AccountId NOBODY = new AccountId(0);

    private final CreditService credits;
    private final OperatorInvoices changes;
    private final AccountService accounts;
    private final PersonChoice people;
    private final ConsolePages pages;

    CreditController(
            CreditService credits,
            OperatorInvoices changes,
            AccountService accounts,
            PersonChoice people,
            ConsolePages pages) {
        this.credits = credits;
        this.changes = changes;
        this.accounts = accounts;
        this.people = people;
        this.pages = pages;
    }

    /**
     * @param driver driver to prefill: an account id, an e-mail address or a part of a name
     * @param session session to prefill
     * @param before id of the last credit of the previous page
     */
    @GetMapping("/operator/credits")
    ResponseEntity<byte[]> list(
            @RequestParam(defaultValue = "") String driver,
            @RequestParam(defaultValue = "") String session,
            @RequestParam(defaultValue = "") String before,
            @RequestParam(defaultValue = "") String done,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        var found = people.drivers(driver, 2);
        var form = new CreditListPage.Form(found.size() == 1 ? found.getFirst().email() : driver, "", "", "", session);
        return page(HttpStatus.OK, form, FieldFaults.NONE, before, done, operator, csrf);
    }

    /** Suggests drivers for a partly typed name. */
    @GetMapping("/operator/credits/drivers")
    ResponseEntity<byte[]> drivers(@RequestParam(defaultValue = "") String driver) {
        return pages.render("console/credits/drivers.jte", people.drivers(driver, MOST_OFFERED));
    }

    /**
     * @param chosen id of the intended driver when several match
     */
    @PostMapping("/operator/credits")
    ResponseEntity<?> grant(
            @RequestParam(defaultValue = "") String driver,
            @RequestParam(defaultValue = "") String chosen,
            @RequestParam(defaultValue = "") String amount,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "") String session,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        var meant = people.drivers(driver, MOST_OFFERED);
        var one = meant.stream()
                .filter(account -> meant.size() == 1 || account.id().toString().equals(chosen))
                .findFirst();
        var form = new CreditListPage.Form(
                driver, one.map(account -> account.id().toString()).orElse(""), amount, reason, session);
        try {
            changes.grant(
                    operator.id(),
                    one.map(Account::id).orElse(NOBODY),
                    TypedText.number(amount),
                    reason,
                    Optional.of(session.strip())
                            .filter(text -> !text.isEmpty())
                            .map(text -> new SessionId(ConsolePaths.id(text).orElse(0L))));
            return AfterForm.seeOther("/operator/credits?done=granted");
        } catch (InvalidInput refused) {
            var faults = pages.refusals(operator).faults(named(refused.faults(), meant.isEmpty()));
            return page(HttpStatus.UNPROCESSABLE_CONTENT, form, faults, "", "", operator, csrf);
        }
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
        var shell = pages.shell(
                operator,
                csrf,
                "nav.console.invoices",
                AfterForm.success(done, "console.credit.done.", Texts.of(operator.locale())));
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
        return pages.render(status, "console/credits/list.jte", page);
    }

    /** Maps the faults to the form's fields. The form names a driver by text instead of an id. */
    private static List<Fault> named(List<Fault> faults, boolean nobody) {
        var unknown = nobody ? ConsoleReason.NO_DRIVER_LIKE_THAT : ConsoleReason.CHOOSE_A_DRIVER;
        return faults.stream()
                .map(fault -> switch (fault.field()) {
                    case "driverId" -> new Fault("driver", unknown.with());
                    case "sessionId" -> new Fault("session", fault.wording());
                    default -> fault;
                })
                .toList();
    }
}
