package express.polaris.console.money;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.Account;
import express.polaris.accounts.AuditLog;
import express.polaris.billing.invoicing.CreditService;
import express.polaris.billing.invoicing.Invoice;
import express.polaris.billing.invoicing.InvoiceService;
import express.polaris.documents.InvoiceCsv;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.BillingData;
import express.polaris.testing.BillingData.Reading;
import express.polaris.testing.Browser;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

@ApplicationTest
class ConsoleInvoiceControllerTest {

    private final Portal portal;
    private final MutableClock clock;
    private final InvoiceService invoices;
    private final CreditService credits;
    private final AuditLog audit;
    private final JdbcClient jdbc;
    private final BillingData data;
    private Account driver;
    private Browser operator;

    ConsoleInvoiceControllerTest(
            Portal portal, MutableClock clock, AuditLog audit, JdbcClient jdbc, ApplicationContext context) {
        this.portal = portal;
        this.clock = clock;
        this.invoices = context.getBean(InvoiceService.class);
        this.credits = context.getBean(CreditService.class);
        this.audit = audit;
        this.jdbc = jdbc;
        this.data = new BillingData(context);
        this.driver = portal.driver();
        this.operator = portal.browser();
    }

    /** Sets the clock before every event of the test, so that the regular run has nothing to invoice. */
    @BeforeEach
    void people() {
        clock.set(Instant.parse("2026-03-31T22:00:00Z"));
        driver = portal.driver();
        operator = portal.signedIn(portal.operator());
    }

    /** April and May, 9.90 + 4 × 0.30 and 9.90 + 6 × 0.30; latest first. */
    private List<Invoice> twoInvoices() {
        data.subscribe(driver, "2026-03-31T22:00:00Z");
        data.charged(driver.id(), new Reading("2026-04-30T21:30:00Z", "4"), new Reading("2026-04-30T23:00:00Z", "6"));
        clock.at("2026-06-01T12:00:00Z");
        data.allIsReadAt("2026-06-01T12:00:00Z");
        var answer = operator.post("/operator/invoices/run", Map.of());
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(operator.get(answer.headers().firstValue("Location").orElseThrow())
                        .body())
                .contains("invoices were created");
        var drawnUp = invoices.page(Optional.of(driver.id()), Optional.empty(), 10);
        assertThat(drawnUp).hasSize(2);
        return drawnUp;
    }

    private String list(String query) {
        var answer = operator.get("/operator/invoices?" + query);
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    @Test
    void theListIsFilteredByEveryCriterionAndShowsTotals() {
        var both = twoInvoices();
        var may = both.getFirst().number();
        var april = both.getLast().number();
        var own = "driverId=" + driver.id();
        assertThat(list(own))
                .contains(may, april)
                .contains("2 invoices")
                .contains("€22.80") // 11.10 + 11.70
                .contains("€4.33") // 2.11 + 2.22
                .contains("€27.13");
        assertThat(list(own + "&q=" + april)).contains(april).doesNotContain(">" + may + "<");
        assertThat(list("q=" + driver.email())).contains(april, may);
        assertThat(list("q=" + driver.email().replace('-', '_'))).doesNotContain(april);
        assertThat(list(own + "&year=2026&month=6")).contains(april, may);
        assertThat(list(own + "&year=2026&month=5")).contains("No invoices match");
        assertThat(list(own + "&state=open")).contains(april);
        assertThat(list(own + "&state=paid")).contains("No invoices match");
        assertThat(list("driverId=999999999")).contains("No invoices match");
        clock.at("2026-09-01T12:00:00Z");
        assertThat(list(own + "&state=overdue")).contains(april);
        assertThat(list(own + "&state=open")).contains("No invoices match");
    }

    @Test
    void anInvoiceIsShownAndMarkedAsPaidOnADay() {
        var may = twoInvoices().getFirst();
        var path = "/operator/invoices/" + may.number();
        var page = operator.get(path).body();
        assertThat(page)
                .contains(driver.name())
                .contains("/operator/drivers/" + driver.id())
                .contains("/operator/transactions/")
                .contains("/api/v1/operator/invoices/" + may.number() + ".pdf")
                .contains("€13.92"); // 11.70 × 1.19
        clock.at("2026-06-10T12:00:00Z");
        for (var day : List.of("2026-05-31", "2026-06-11", "tomorrow")) {
            var refused = operator.post(path + "/paid", Map.of("paidOn", day));
            assertThat(refused.statusCode()).as(day).isEqualTo(422);
            assertThat(refused.body()).as(day).contains("id=\"fault-paidOn\"");
        }
        assertThat(invoices.find(may.number()).orElseThrow().isPaid()).isFalse();
        var paid = operator.post(path + "/paid", Map.of("paidOn", "2026-06-05"));
        assertThat(paid.headers().firstValue("Location")).contains(path + "?done=paid");
        // noon in Berlin
        assertThat(invoices.find(may.number()).orElseThrow().paidAt()).contains(Instant.parse("2026-06-05T10:00:00Z"));
        assertThat(operator.get(path).body()).contains("Marked as paid on Jun 5, 2026");
        assertThat(audit.page(Optional.empty(), 1).getFirst().action()).isEqualTo("invoice.paid");
        assertThat(operator.get("/operator/invoices/2026-999999").statusCode()).isEqualTo(404);
        assertThat(operator.get("/operator/invoices/x").statusCode()).isEqualTo(404);
        assertThat(operator.post("/operator/invoices/2026-999999/paid", Map.of("paidOn", "2026-06-05"))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void theCsvHasTheSameFiltersAndContainsNoFormula() {
        jdbc.sql("update accounts set name = '=2+3, \"Anna\"' where id = ?")
                .param(driver.id().value())
                .update();
        var both = twoInvoices();
        var answer = operator.get("/operator/invoices.csv?driverId=" + driver.id());
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
        var rows = answer.body().split("\r\n");
        assertThat(rows[0]).isEqualTo(String.join(",", InvoiceCsv.COLUMNS));
        assertThat(rows).hasSize(3);
        assertThat(rows[1])
                .startsWith(both.getFirst().number() + ",period," + driver.id() + ",\"'=2+3, \"\"Anna\"\"\",")
                .endsWith(",EUR,11.70,19,2.22,13.92,open,,,");
        assertThat(operator.get("/operator/invoices.csv?state=paid&driverId=" + driver.id())
                        .body()
                        .split("\r\n"))
                .hasSize(1);
    }

    @Test
    void aCreditIsGrantedAndWaitsForTheNextInvoice() {
        data.subscribe(driver, "2026-03-31T22:00:00Z");
        long session = data.charged(driver.id(), new Reading("2026-04-10T10:00:00Z", "4"));
        var answer = operator.post(
                "/operator/credits",
                Map.of(
                        "driver",
                        driver.email(),
                        "amount",
                        "2,50",
                        "reason",
                        "A charger broke",
                        "session",
                        "" + session));
        assertThat(answer.headers().firstValue("Location")).contains("/operator/credits?done=granted");
        var credit = credits.of(driver.id()).getFirst();
        assertThat(credit.amount()).isEqualByComparingTo("2.50");
        assertThat(operator.get("/operator/credits?done=granted").body())
                .contains("Credit granted")
                .contains("A charger broke")
                .contains("on the next invoice");
        assertThat(audit.page(Optional.empty(), 1).getFirst().subject()).isEqualTo("credit " + credit.id());
        assertThat(operator.get("/operator/credits?driver=" + driver.id()).body())
                .contains("value=\"" + driver.email() + "\"");
    }

    @Test
    void aCreditFindsItsDriverByPartOfTheNameAndAsksWhenSeveralMatch() {
        var name = "Ada " + UUID.randomUUID();
        for (var person : List.of(driver, portal.driver())) {
            jdbc.sql("update accounts set name = ? where id = ?")
                    .param(name)
                    .param(person.id().value())
                    .update();
        }
        assertThat(operator.get("/operator/credits/drivers?driver=" + name.replace(" ", "%20"))
                        .body())
                .contains("value=\"" + driver.email() + "\"", name);
        var typed = Map.of("driver", name.toLowerCase(Locale.ROOT), "amount", "5", "reason", "Sorry");
        var asked = operator.post("/operator/credits", typed);
        assertThat(asked.statusCode()).isEqualTo(422);
        assertThat(asked.body())
                .contains("Several drivers have this name", driver.email(), "name=\"chosen\"", "value=\"Sorry\"");
        var chosen = new HashMap<>(typed);
        chosen.put("chosen", driver.id().toString());
        assertThat(operator.post("/operator/credits", chosen).statusCode()).isEqualTo(303);
        assertThat(credits.of(driver.id())).hasSize(1);
        chosen.put("driver", "nobody is called like that");
        assertThat(operator.post("/operator/credits", chosen).body()).contains("No driver has this name");
    }

    @Test
    void allErrorsInACreditAreShownAtOnceAndNothingIsGranted() {
        var answer = operator.post(
                "/operator/credits",
                Map.of("driver", "nobody@example.org", "amount", "1,000", "reason", " ", "session", "x"));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("No driver has this name, address or ID")
                .contains("Must be an amount above 0")
                .contains("Must be a text of 1 to 500 characters")
                .contains("Must be one of the driver’s sessions")
                .contains("value=\"1,000\"");
    }

    @Test
    void revenueAndEnergyAreShownByMonth() {
        twoInvoices();
        var page = operator.get("/operator/invoices/months");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("June 2026")
                .contains("July 2025")
                .doesNotContain("June 2025")
                .contains("Revenue EUR");
    }
}
