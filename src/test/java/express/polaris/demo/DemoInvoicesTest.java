package express.polaris.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import express.polaris.PolarisExpress;
import express.polaris.accounts.Account;
import express.polaris.accounts.AccountService;
import express.polaris.accounts.FastPasswords;
import express.polaris.billing.cost.Coverage;
import express.polaris.billing.cost.SessionCostService;
import express.polaris.billing.invoicing.Invoice;
import express.polaris.billing.invoicing.InvoiceLine;
import express.polaris.billing.invoicing.InvoiceService;
import express.polaris.billing.plans.Subscription;
import express.polaris.billing.plans.SubscriptionService;
import express.polaris.billing.pricing.GraduatedModel;
import express.polaris.billing.pricing.StandardModel;
import express.polaris.billing.statements.StatementService;
import express.polaris.sessions.SessionFilter;
import express.polaris.sessions.SessionService;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

class DemoInvoicesTest {

    /** Fails if the demo has no invoices. */
    @Test
    void everyDriverHasTheirOwnPlanAndTheInvoicesOfPastMonths(@TempDir Path directory) {
        try (var demo = new SpringApplicationBuilder(PolarisExpress.class, FastPasswords.class)
                .run("--polaris.demo=true", "--polaris.data-directory=" + directory, "--server.port=0")) {
            var drivers = List.of(account(demo, "ada"), account(demo, "ben"), account(demo, "cleo"));
            await().atMost(Duration.ofMinutes(3))
                    .untilAsserted(() -> assertThat(drivers)
                            .allSatisfy(
                                    driver -> assertThat(invoices(demo, driver)).isNotEmpty()));
            assertThat(drivers.subList(0, 2).stream()
                            .map(driver -> plan(demo, driver).models().getFirst()))
                    .hasExactlyElementsOfTypes(GraduatedModel.class, StandardModel.class);
            assertThat(plan(demo, drivers.getLast()).isTimed()).isTrue();
            assertThat(plan(demo, drivers.getLast()).hasFees()).isTrue();
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(invoices(demo, drivers.getFirst()))
                            .hasSizeGreaterThanOrEqualTo(3)
                            .anyMatch(Invoice::isPaid)
                            .allMatch(invoice -> invoice.parties().isPresent()
                                    && invoice.vat().signum() > 0));
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(invoices(demo, drivers.get(1)))
                            .filteredOn(invoice -> !invoice.isPaid())
                            .hasSize(2) // the latest, and one that is overdue
                            .anyMatch(invoice -> invoice.dueOn().isBefore(LocalDate.now(ZoneId.of("UTC")))));
            assertThat(demo.getBean(InvoiceService.class)
                            .pageWithLines(Optional.of(drivers.getFirst().id()), Optional.empty(), 50)
                            .getFirst()
                            .lines())
                    .anyMatch(line -> line.kind() == InvoiceLine.Kind.CREDIT);
            assertThat(drivers)
                    .allSatisfy(driver -> assertThat(invoices(demo, driver))
                            .extracting(Invoice::kind)
                            .containsOnly(Invoice.Kind.PERIOD));
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(demo.getBean(StatementService.class)
                                    .page(drivers.get(1).id(), Optional.empty(), 10))
                            .isNotEmpty()
                            .allSatisfy(statement ->
                                    assertThat(statement.total().amount()).isPositive()));
            var ofCleo = demo.getBean(SessionService.class)
                    .list(SessionFilter.of(drivers.getLast().id()), Optional.empty(), 500)
                    .sessions();
            assertThat(demo.getBean(SessionCostService.class)
                            .of(ofCleo.getLast())
                            .coverage())
                    .isEqualTo(Coverage.UNKNOWN); // before the first subscription
        }
    }

    private static Account account(ConfigurableApplicationContext demo, String key) {
        return demo.getBean(AccountService.class)
                .findByEmail(key + "@demo.example")
                .orElseThrow();
    }

    private static List<Invoice> invoices(ConfigurableApplicationContext demo, Account driver) {
        return demo.getBean(InvoiceService.class).page(Optional.of(driver.id()), Optional.empty(), 50);
    }

    private static express.polaris.billing.plans.Plan plan(ConfigurableApplicationContext demo, Account driver) {
        return demo.getBean(SubscriptionService.class)
                .current(driver.id())
                .map(SubscriptionService.Current::subscription)
                .map(Subscription::plan)
                .orElseThrow();
    }
}
