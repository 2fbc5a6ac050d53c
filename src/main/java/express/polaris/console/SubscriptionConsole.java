package express.polaris.console;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.Accounts;
import express.polaris.accounts.CurrentAccount;
import express.polaris.billing.BillingOutcome;
import express.polaris.billing.Fault;
import express.polaris.billing.NewSubscription;
import express.polaris.billing.OperatorBilling;
import express.polaris.billing.Plans;
import express.polaris.billing.Subscription;
import express.polaris.billing.SubscriptionId;
import express.polaris.billing.Subscriptions;
import express.polaris.problems.NotFound;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Which plan a driver has when: the history, a new subscription, a change of plan, an end. */
@Controller
@RequestMapping("/operator/drivers/{driver}/subscriptions")
class SubscriptionConsole {

    private static final int MOST_PLANS = 500;

    private final Subscriptions subscriptions;
    private final Plans plans;
    private final OperatorBilling changes;
    private final Accounts accounts;
    private final ConsoleKit kit;
    private final Clock clock;

    SubscriptionConsole(
            Subscriptions subscriptions,
            Plans plans,
            OperatorBilling changes,
            Accounts accounts,
            ConsoleKit kit,
            Clock clock) {
        this.subscriptions = subscriptions;
        this.plans = plans;
        this.changes = changes;
        this.accounts = accounts;
        this.kit = kit;
        this.clock = clock;
    }

    @GetMapping
    ResponseEntity<byte[]> list(
            @PathVariable String driver,
            @RequestParam(defaultValue = "") String done,
            @CurrentAccount Account operator,
            CsrfToken csrf) {
        var account = existing(driver);
        return page(HttpStatus.OK, account, proposed(account), FieldFaults.NONE, done, operator, csrf);
    }

    @PostMapping
    ResponseEntity<?> start(
            @PathVariable String driver,
            @RequestParam MultiValueMap<String, String> sent,
            @CurrentAccount Account operator,
            CsrfToken csrf) {
        var account = existing(driver);
        var form = new SubscriptionForm(
                Typed.first(sent, "planCode"),
                Typed.first(sent, "startedAt"),
                Typed.first(sent, "billingTime"),
                Typed.first(sent, "timeZone"),
                Typed.first(sent, "replace").equals("true"));
        var zone = Typed.zone(form.timeZone()).orElse(account.timeZone());
        var wanted = new NewSubscription(
                account.id(),
                form.planCode(),
                Typed.instant(form.startedAt(), zone),
                form.billingTime(),
                form.timeZone());
        var outcome =
                form.replace() ? changes.changePlan(operator.id(), wanted) : changes.subscribe(operator.id(), wanted);
        return answer(outcome, form.replace() ? "changed" : "started", account, form, operator, csrf);
    }

    /** A subscription of another driver is not there. */
    @PostMapping("/{subscription}/terminate")
    ResponseEntity<?> terminate(
            @PathVariable String driver,
            @PathVariable String subscription,
            @RequestParam(defaultValue = "") String at,
            @CurrentAccount Account operator,
            CsrfToken csrf) {
        var account = existing(driver);
        var found = ConsolePaths.id(subscription)
                .map(SubscriptionId::new)
                .flatMap(subscriptions::find)
                .filter(it -> it.driver().equals(account.id()))
                .orElseThrow(NotFound::new);
        var outcome = changes.terminate(operator.id(), found.id(), Typed.instant(at, found.timeZone()));
        return answer(outcome, "ended", account, proposed(account), operator, csrf);
    }

    private ResponseEntity<?> answer(
            BillingOutcome<Subscription> outcome,
            String done,
            Account driver,
            SubscriptionForm form,
            Account operator,
            CsrfToken csrf) {
        return switch (outcome) {
            case BillingOutcome.Done<Subscription>(var subscription) ->
                Answers.seeOther(ConsolePaths.subscriptions(driver.id()) + "?done=" + done);
            case BillingOutcome.NotFound<Subscription>() -> throw new NotFound();
            case BillingOutcome.Conflict<Subscription>(var wording) ->
                page(HttpStatus.CONFLICT, driver, form, FieldFaults.of(wording, operator), "", operator, csrf);
            case BillingOutcome.Invalid<Subscription>(var faults) ->
                page(HttpStatus.UNPROCESSABLE_CONTENT, driver, form, said(faults, operator), "", operator, csrf);
        };
    }

    /** From the start of today on, as the driver reads it. */
    private SubscriptionForm proposed(Account driver) {
        var today = LocalDate.ofInstant(clock.instant(), driver.timeZone());
        return new SubscriptionForm(
                "",
                today.atStartOfDay().toString(),
                "calendar",
                driver.timeZone().getId(),
                true);
    }

    private ResponseEntity<byte[]> page(
            HttpStatusCode status,
            Account driver,
            SubscriptionForm form,
            FieldFaults faults,
            String done,
            Account operator,
            CsrfToken csrf) {
        var now = clock.instant();
        var shell = kit.shells()
                .of(operator, csrf, "nav.console.drivers", Answers.done("console.subscription.done.", done, operator));
        var rows = subscriptions.of(driver.id()).reversed().stream()
                .map(subscription -> SubscriptionListPage.Row.of(subscription, now))
                .toList();
        var page = new SubscriptionListPage(
                shell,
                driver,
                rows,
                plans.page(Optional.empty(), MOST_PLANS),
                ZoneId.getAvailableZoneIds().stream().sorted().toList(),
                rows.stream().anyMatch(row -> row.when() != SubscriptionListPage.When.ENDED),
                form,
                faults);
        return kit.pages().render(status, "console/subscriptions/list.jte", page);
    }

    private Account existing(String driver) {
        return ConsolePaths.id(driver)
                .map(AccountId::new)
                .flatMap(accounts::findDriver)
                .orElseThrow(NotFound::new);
    }

    private static FieldFaults said(List<Fault> faults, Account operator) {
        var said = new LinkedHashMap<String, String>();
        faults.forEach(fault -> said.putIfAbsent(fault.field(), FieldFaults.words(fault.wording(), operator)));
        return new FieldFaults(said);
    }
}
