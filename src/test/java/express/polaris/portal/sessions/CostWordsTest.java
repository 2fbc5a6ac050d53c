package express.polaris.portal.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.Account;
import express.polaris.billing.plans.PlanService;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.BillingData;
import express.polaris.testing.BillingData.Reading;
import express.polaris.testing.Browser;
import express.polaris.testing.Portal;
import express.polaris.testing.TestPlan;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;

/** How pages explain a cost to drivers and operators. */
@ApplicationTest
class CostWordsTest {

    private final Portal portal;
    private final PlanService plans;
    private final BillingData data;

    CostWordsTest(Portal portal, PlanService plans, ApplicationContext application) {
        this.portal = portal;
        this.plans = plans;
        this.data = new BillingData(application);
    }

    private String subscribe(Account driver, TestPlan plan) {
        plans.save(plan.json());
        data.assign(driver, plan.code(), "2021-03-31T22:00:00Z");
        return plan.code();
    }

    /** The cost of the session on its page, on the statement of April, and on the operator's page. */
    private List<String> costs(Account driver, long session) {
        var own = portal.signedIn(driver);
        return List.of(
                cost(own, "/sessions/" + session, "data-part=\"cost\""),
                cost(own, "/sessions/statement?month=2021-04", "statement-sums"),
                cost(portal.signedIn(portal.operator()), "/operator/transactions/" + session, "data-part=\"cost\""));
    }

    private static String cost(Browser browser, String path, String start) {
        var page = browser.get(path).body();
        return page.substring(page.indexOf(start)).replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ");
    }

    @Test
    void theCostNamesThePlanAsItWasNamedWhenTheDriverSubscribed() {
        var driver = portal.driver();
        var code = subscribe(
                driver, TestPlan.standard("plan-" + UUID.randomUUID(), "0.30").named("Home 2021"));
        plans.save(TestPlan.standard(code, "0.35").named("Home 2022").json());
        long session = data.charged(driver.id(), new Reading("2021-04-10T10:00:00Z", "4"));

        assertThat(costs(driver, session))
                .allSatisfy(page -> assertThat(page).contains("Home 2021").doesNotContain(code, "Home 2022"));
    }

    @Test
    void theCostNamesItsTiersInWords() {
        var driver = portal.driver();
        subscribe(
                driver,
                TestPlan.graduated(
                        "plan-" + UUID.randomUUID(), TestPlan.range(0, 4, "0.40"), TestPlan.rangeFrom(4, "0.30")));
        long session = data.charged(driver.id(), new Reading("2021-04-10T10:00:00Z", "6"));

        assertThat(costs(driver, session))
                .allSatisfy(page ->
                        assertThat(page).contains("0–4 kWh", "above 4 kWh").doesNotContain("∞", "4+"));
    }

    @Test
    void aPriceWithoutTiersShowsNoBand() {
        var driver = portal.driver();
        subscribe(driver, TestPlan.standard("plan-" + UUID.randomUUID(), "0.30"));
        long session = data.charged(driver.id(), new Reading("2021-04-10T10:00:00Z", "6"));

        assertThat(costs(driver, session))
                .allSatisfy(page -> assertThat(page).contains("0.30").doesNotContain("0–", "above"));
    }
}
