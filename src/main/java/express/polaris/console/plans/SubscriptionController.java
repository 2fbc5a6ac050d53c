package express.polaris.console.plans;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.AccountService;
import express.polaris.accounts.SignedInAccount;
import express.polaris.billing.plans.NewSubscription;
import express.polaris.billing.plans.OperatorBilling;
import express.polaris.billing.plans.PlanService;
import express.polaris.billing.plans.SubscriptionId;
import express.polaris.billing.plans.SubscriptionService;
import express.polaris.console.ConsolePages;
import express.polaris.console.TypedText;
import express.polaris.documents.Texts;
import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.NotFound;
import express.polaris.platform.refusals.Refusal;
import express.polaris.web.AfterForm;
import express.polaris.web.FieldFaults;
import express.polaris.web.views.ConsolePaths;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Subscriptions of a driver: history, new subscription, change of plan, termination. */
@Controller
@RequestMapping("/operator/drivers/{driver}/subscriptions")
class SubscriptionController {

    private static final int MOST_PLANS = 500;

    private final SubscriptionService subscriptions;
    private final PlanService plans;
    private final OperatorBilling changes;
    private final AccountService accounts;
    private final ConsolePages pages;
    private final Clock clock;

    SubscriptionController(
            SubscriptionService subscriptions,
            PlanService plans,
            OperatorBilling changes,
            AccountService accounts,
            ConsolePages pages,
            Clock clock) {
        this.subscriptions = subscriptions;
        this.plans = plans;
        this.changes = changes;
        this.accounts = accounts;
        this.pages = pages;
        this.clock = clock;
    }

    @GetMapping
    ResponseEntity<byte[]> list(
            @PathVariable String driver,
            @RequestParam(defaultValue = "") String done,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        var account = existing(driver);
        return page(HttpStatus.OK, account, proposed(account), FieldFaults.NONE, done, operator, csrf);
    }

    @PostMapping
    ResponseEntity<?> start(
            @PathVariable String driver,
            @ModelAttribute SubscriptionForm form,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        var account = existing(driver);
        var zone = TypedText.zone(form.timeZone()).orElse(account.timeZone());
        var wanted = new NewSubscription(
                account.id(),
                form.planCode(),
                TypedText.instant(form.startedAt(), zone),
                form.billingTime(),
                form.timeZone());
        try {
            if (form.replaces()) {
                changes.changePlan(operator.id(), wanted);
            } else {
                changes.subscribe(operator.id(), wanted);
            }
            return done(account, form.replaces() ? "changed" : "started");
        } catch (InvalidInput | Conflict refused) {
            return refused(refused, account, form, operator, csrf);
        }
    }

    /** Terminates a subscription; answers 404 for another driver's subscription. */
    @PostMapping("/{subscription}/terminate")
    ResponseEntity<?> terminate(
            @PathVariable String driver,
            @PathVariable String subscription,
            @RequestParam(defaultValue = "") String at,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        var account = existing(driver);
        var found = ConsolePaths.id(subscription)
                .map(SubscriptionId::new)
                .flatMap(subscriptions::find)
                .filter(it -> it.driver().equals(account.id()))
                .orElseThrow(NotFound::new);
        try {
            changes.terminate(operator.id(), found.id(), TypedText.instant(at, found.timeZone()));
            return done(account, "ended");
        } catch (InvalidInput | Conflict refused) {
            return refused(refused, account, proposed(account), operator, csrf);
        }
    }

    private static ResponseEntity<?> done(Account driver, String what) {
        return AfterForm.seeOther(ConsolePaths.subscriptions(driver.id()) + "?done=" + what);
    }

    private ResponseEntity<?> refused(
            Refusal refusal, Account driver, SubscriptionForm form, Account operator, CsrfToken csrf) {
        var faults = pages.refusals(operator).faults(refusal);
        return page(HttpStatusCode.valueOf(refusal.status()), driver, form, faults, "", operator, csrf);
    }

    /** Proposes the start of the current day in the driver's zone. */
    private SubscriptionForm proposed(Account driver) {
        var today = LocalDate.ofInstant(clock.instant(), driver.timeZone());
        return new SubscriptionForm(
                "",
                today.atStartOfDay().toString(),
                "calendar",
                driver.timeZone().getId(),
                Optional.of(true));
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
        var shell = pages.shell(
                operator,
                csrf,
                "nav.console.drivers",
                AfterForm.success(done, "console.subscription.done.", Texts.of(operator.locale())));
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
        return pages.render(status, "console/subscriptions/list.jte", page);
    }

    private Account existing(String driver) {
        return ConsolePaths.id(driver)
                .map(AccountId::new)
                .flatMap(accounts::findDriver)
                .orElseThrow(NotFound::new);
    }
}
