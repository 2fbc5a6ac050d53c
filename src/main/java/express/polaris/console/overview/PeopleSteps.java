package express.polaris.console.overview;

import express.polaris.accounts.AccountState;
import express.polaris.accounts.PersonDirectory;
import express.polaris.accounts.Role;
import express.polaris.attention.AttentionKind;
import express.polaris.attention.Finding;
import express.polaris.billing.BillingConcerns;
import express.polaris.console.overview.FirstStep.State;
import express.polaris.web.views.ConsolePaths;
import java.util.List;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** The first driver can sign in, every tag in use has a driver, and a driver has a plan. */
@Component
@Order(4)
class PeopleSteps implements StepCheck {

    private static final String DRIVER = "driver";
    private static final String TAGS = "tags";
    private static final String PLAN = "plan";
    private static final String DRIVERS = "/operator/drivers";

    private final PersonDirectory people;
    private final BillingConcerns billing;
    private final ImportState.Reader data;

    PeopleSteps(PersonDirectory people, BillingConcerns billing, ImportState.Reader data) {
        this.people = people;
        this.billing = billing;
        this.data = data;
    }

    @Override
    public List<FirstStep> check(Context context) {
        return List.of(driver(context), tags(context), plan(context));
    }

    private FirstStep driver(Context context) {
        var active = first(Optional.of(AccountState.ACTIVE));
        if (active.isPresent()) {
            return FirstStep.done(
                    DRIVER, context.text("driver.done", active.get().account().name()), DRIVERS);
        }
        return first(Optional.of(AccountState.INVITED))
                .map(PersonDirectory.Person::account)
                .map(invited -> new FirstStep(
                        DRIVER,
                        State.TODO,
                        context.text("driver.invited", invited.name()),
                        context.text("driver.invited.advice"),
                        ConsolePaths.driver(invited.id())))
                .orElseGet(() -> new FirstStep(
                        DRIVER,
                        State.TODO,
                        context.text("driver.none"),
                        context.text("driver.none.advice"),
                        "/operator/drivers/new"));
    }

    private Optional<PersonDirectory.Person> first(Optional<AccountState> state) {
        var filter = new PersonDirectory.Filter("", state, Optional.of(Role.DRIVER));
        return people.page(filter, Optional.empty(), 1).items().stream().findFirst();
    }

    private FirstStep tags(Context context) {
        var href = "/operator/cards";
        long unlinked = context.items().stream()
                .filter(item -> item.kind() == AttentionKind.UNLINKED_TAG)
                .mapToLong(item -> item.finding() instanceof Finding.More ? item.count() : 1)
                .sum();
        if (unlinked > 0) {
            return new FirstStep(
                    TAGS,
                    State.TODO,
                    context.texts().count("steps.tags.some", unlinked),
                    context.text("tags.some.advice"),
                    href);
        }
        return data.now() == ImportState.HAS_SESSIONS
                ? FirstStep.done(TAGS, context.text("tags.done"), href)
                : new FirstStep(TAGS, State.UNCHECKED, context.text("tags.unchecked"), "", href);
    }

    private FirstStep plan(Context context) {
        if (!billing.hasPlans()) {
            return new FirstStep(
                    PLAN,
                    State.TODO,
                    context.text("plan.none"),
                    context.text("plan.none.advice"),
                    "/operator/plans/new");
        }
        return billing.hasSubscriptions(context.now())
                ? FirstStep.done(PLAN, context.text("plan.done"), "/operator/plans")
                : new FirstStep(
                        PLAN, State.TODO, context.text("plan.unused"), context.text("plan.unused.advice"), DRIVERS);
    }
}
