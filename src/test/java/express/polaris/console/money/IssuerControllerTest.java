package express.polaris.console.money;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.Account;
import express.polaris.accounts.AuditFilter;
import express.polaris.accounts.AuditLog;
import express.polaris.billing.invoicing.Invoice;
import express.polaris.billing.invoicing.InvoiceService;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.BillingData;
import express.polaris.testing.BillingData.Reading;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** Who bills whom, over pages and API. */
@ApplicationTest
class IssuerControllerTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Portal portal;
    private final MutableClock clock;
    private final AuditLog audit;
    private final InvoiceService invoices;
    private final BillingData data;

    IssuerControllerTest(Portal portal, MutableClock clock, AuditLog audit, ApplicationContext context) {
        this.portal = portal;
        this.clock = clock;
        this.audit = audit;
        this.invoices = context.getBean(InvoiceService.class);
        this.data = new BillingData(context);
    }

    private static Map<String, String> form(String name) {
        return new HashMap<>(Map.of(
                "legalName",
                name,
                "address.street",
                "Hafenstraße 7",
                "address.postcode",
                "50667",
                "address.city",
                "Köln",
                "address.country",
                "DE",
                "vatId",
                "de 123 456 789",
                "contact",
                "Petra",
                "email",
                "bills@example.org",
                "daysToPay",
                "14",
                "vatNote",
                "none"));
    }

    @Test
    void aSavedIssuerIsShownWithItsHistoryAndOverTheApi() {
        var operator = portal.operator();
        var browser = portal.signedIn(operator);
        var wrong = form("Ladewerk");
        wrong.put("numberFormat", "RE/{number}");
        wrong.put("bank.iban", "DE88370400440532013000");
        var refused = browser.post("/operator/issuer", wrong);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains("value=\"Ladewerk\"", "RE/{number}", "May contain only letters", "check digits do not match")
                .contains("An account needs both its holder and its IBAN.");

        var name = "Ladewerk " + UUID.randomUUID();
        var right = form(name);
        right.put("numberFormat", "{year}-{number:6}");
        assertThat(browser.post("/operator/issuer", right).statusCode()).isEqualTo(303);
        assertThat(browser.get("/operator/issuer").body()).contains(name, "DE123456789", "50667 Köln");
        var json = JSON.readTree(portal.withToken(operator)
                .call("GET", "/api/v1/operator/issuer", "")
                .body());
        assertThat(json.path("legalName").asString()).isEqualTo(name);
        assertThat(json.path("address").path("city").asString()).isEqualTo("Köln");
        int version = json.path("version").asInt();
        assertThat(audit.page(
                        new AuditFilter(
                                Optional.of(operator.id()),
                                Optional.of("issuer.save"),
                                Optional.of("issuer " + version),
                                Optional.empty(),
                                Optional.empty()),
                        Optional.empty(),
                        5))
                .hasSize(1);
        assertThat(browser.post("/operator/issuer", right).statusCode()).isEqualTo(303);
        assertThat(JSON.readTree(portal.withToken(operator)
                                .call("GET", "/api/v1/operator/issuer", "")
                                .body())
                        .path("version")
                        .asInt())
                .isEqualTo(version);
    }

    @Test
    void theBillingAddressIsOnNewInvoicesAndACancellationKeepsTheOldOne() {
        clock.at("2026-03-31T22:00:00Z");
        var driver = portal.driver();
        var own = portal.signedIn(driver);
        assertThat(own.post("/account/billing-address", Map.of("name", "Anna GmbH", "kind", "company", "vatId", "DE1"))
                        .body())
                .contains("Must be a VAT id", "Must be a text of 1 to 20 printable characters.");
        assertThat(own.post("/account/billing-address", address("Anna GmbH")).statusCode())
                .isEqualTo(303);
        assertThat(own.get("/account/billing-address").body()).contains("Anna GmbH", "Weg 1");
        var invoice = invoiced(driver);
        assertThat(invoice.recipientName()).isEqualTo("Anna GmbH");

        var operator = portal.operator();
        var there = "/operator/drivers/" + driver.id() + "/billing-address";
        assertThat(portal.signedIn(operator).post(there, address("Anna AG")).statusCode())
                .isEqualTo(303);
        assertThat(own.call("GET", "/api/v1/billing-address", "").body()).contains("Anna AG");

        var page = "/operator/invoices/" + invoice.number();
        assertThat(portal.signedIn(operator).post(page + "/cancel", Map.of()).statusCode())
                .isEqualTo(422);
        var answer = portal.withToken(operator)
                .call("POST", "/api/v1" + page + "/cancel", "{\"reason\":\"Wrong name\",\"replace\":true}");
        assertThat(answer.statusCode()).isEqualTo(201);
        var cancelled = JSON.readTree(answer.body());
        var cancellation = cancelled.path("cancellation");
        assertThat(cancellation.path("kind").asString()).isEqualTo("cancellation");
        assertThat(cancellation.path("cancels").asString()).isEqualTo(invoice.number());
        assertThat(cancellation.path("total").asString()).isEqualTo("-13.21"); // (9.90 + 4 × 0.30) × 1.19
        assertThat(cancellation.path("recipient").path("name").asString()).isEqualTo("Anna GmbH");
        var replacement = cancelled.path("replacement");
        assertThat(replacement.path("recipient").path("name").asString()).isEqualTo("Anna AG");
        assertThat(replacement.path("recipient").path("address").path("street").asString())
                .isEqualTo("Weg 1");
        assertThat(replacement.path("vats").get(0).path("vat").asString()).isEqualTo("2.11");
        assertThat(replacement.path("lines").findValuesAsString("startedAt")).isNotEmpty();
        assertThat(cancellation.path("cancelReason").asString()).isEqualTo("Wrong name");
        assertThat(portal.signedIn(operator).get(page).body()).contains("Cancelled by", "Reason: Wrong name");
        assertThat(own.get("/invoices/" + invoice.number()).body()).contains("Cancelled");
        var credited = "/invoices/" + cancellation.path("number").asString();
        assertThat(portal.signedIn(operator).get("/operator" + credited).body()).contains("Reason: Wrong name");
        assertThat(own.get(credited).body())
                .contains("Cancelled invoice", invoice.number() + " of ")
                .doesNotContain("Wrong name");
        assertThat(own.call("GET", "/api/v1" + credited, "").body()).doesNotContain("Wrong name");
        assertThat(invoices.find(invoice.number()).orElseThrow().status()).isEqualTo(Invoice.Status.CANCELLED);
        assertThat(portal.withToken(operator)
                        .call("POST", "/api/v1" + page + "/cancel", "{\"reason\":\"Again\"}")
                        .statusCode())
                .isEqualTo(409);
    }

    private Invoice invoiced(Account driver) {
        data.subscribe(driver, "2026-03-31T22:00:00Z");
        data.charged(driver.id(), new Reading("2026-04-10T12:00:00Z", "4"));
        clock.at("2026-05-02T12:00:00Z");
        data.allIsReadAt("2026-05-02T12:00:00Z");
        portal.withToken(portal.operator()).call("POST", "/api/v1/operator/invoices/run", "");
        return List.copyOf(invoices.page(Optional.of(driver.id()), Optional.empty(), 1))
                .getFirst();
    }

    private static Map<String, String> address(String name) {
        return Map.of(
                "kind",
                "company",
                "name",
                name,
                "address.street",
                "Weg 1",
                "address.postcode",
                "50667",
                "address.city",
                "Köln",
                "address.country",
                "DE");
    }
}
