package express.polaris.api;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.Account;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.BillingData;
import express.polaris.testing.BillingData.Reading;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@ApplicationTest
class InvoicesApiTest {

    private static final Set<String> COUNTED = Set.of("fee", "energy", "adjustment", "credit");

    private final Portal portal;
    private final MutableClock clock;
    private final JdbcClient jdbc;
    private final BillingData data;
    private Account driver;
    private Script own;
    private Script operator;

    InvoicesApiTest(Portal portal, MutableClock clock, JdbcClient jdbc, ApplicationContext application) {
        this.portal = portal;
        this.clock = clock;
        this.jdbc = jdbc;
        this.data = new BillingData(application);
        this.driver = portal.driver();
        this.own = new Script(portal.withToken(driver));
        this.operator = new Script(portal.withToken(portal.operator()));
    }

    /** Sets the clock before every event of the test, so that the regular run has nothing to invoice. */
    @BeforeEach
    void people() {
        clock.set(Instant.parse("2026-03-31T22:00:00Z"));
        driver = portal.driver();
        own = new Script(portal.withToken(driver));
        operator = new Script(portal.withToken(portal.operator()));
    }

    /** Invoices April and May, with a session that spans both. */
    private long straddling() {
        data.subscribe(driver, "2026-03-31T22:00:00Z");
        long session = data.charged(
                driver.id(), new Reading("2026-04-30T21:30:00Z", "4"), new Reading("2026-04-30T23:00:00Z", "6"));
        invoiceAt("2026-06-01T12:00:00Z");
        return session;
    }

    private JsonNode invoiceAt(String now) {
        clock.set(Instant.parse(now));
        data.allIsReadAt(now);
        return operator.call(200, "POST", "/operator/invoices/run", "");
    }

    private List<JsonNode> items(JsonNode page) {
        var items = new ArrayList<JsonNode>();
        page.path("items").forEach(items::add);
        return items;
    }

    @Test
    void aSessionAcrossTwoPeriodsIsOnBothInvoices() {
        long session = straddling();
        var invoices = items(own.get("/invoices"));
        assertThat(invoices).hasSize(2);
        var may = invoices.getFirst();
        var april = invoices.getLast();
        assertThat(april.path("periodFrom").asString()).isEqualTo("2026-03-31T22:00:00Z");
        assertThat(april.path("periodTo").asString()).isEqualTo("2026-04-30T22:00:00Z");
        assertThat(april.path("status").asString()).isEqualTo("finalized");
        assertThat(april.path("net").asString()).isEqualTo("11.10"); // 9.90 + 4 × 0.30
        assertThat(april.path("vat").asString()).isEqualTo("2.11"); // 11.10 × 19 % = 2.109
        assertThat(april.path("total").asString()).isEqualTo("13.21");
        assertThat(may.path("net").asString()).isEqualTo("11.70"); // 9.90 + 6 × 0.30
        for (var invoice : invoices) {
            var sum = BigDecimal.ZERO;
            var bySession = BigDecimal.ZERO;
            var energy = BigDecimal.ZERO;
            for (var line : invoice.path("lines")) {
                var amount = new BigDecimal(line.path("amount").asString());
                var kind = line.path("kind").asString();
                sum = sum.add(COUNTED.contains(kind) ? amount : BigDecimal.ZERO);
                bySession = bySession.add(COUNTED.contains(kind) ? BigDecimal.ZERO : amount);
                energy = energy.add(kind.equals("energy") ? amount : BigDecimal.ZERO);
                if (kind.equals("session")) {
                    assertThat(line.path("sessionId").asLong()).isEqualTo(session);
                }
            }
            assertThat(sum).isEqualByComparingTo(invoice.path("net").asString());
            assertThat(bySession).isEqualByComparingTo(energy);
        }
        var seen = own.get("/sessions/" + session);
        assertThat(seen.path("invoice")).isEqualTo(may.path("number"));
        assertThat(seen.path("invoices").path(0)).isEqualTo(april.path("number"));
        assertThat(seen.path("invoices").path(1)).isEqualTo(may.path("number"));
        assertThat(seen.path("cost").path("estimate").asBoolean()).isFalse();
        assertThat(seen.path("cost").path("amount").asString()).isEqualTo("3.00"); // 10 × 0.30
        var listed = own.get("/sessions").path("items").path(0);
        assertThat(listed.path("invoices")).isEqualTo(seen.path("invoices"));
        var page = portal.signedIn(driver).get("/sessions/" + session).body();
        assertThat(page)
                .contains("/invoices/" + april.path("number").asString())
                .contains("/invoices/" + may.path("number").asString());
        var one = own.get("/invoices/" + may.path("number").asString());
        assertThat(one).isEqualTo(may);
        var firstPage = own.get("/invoices?limit=1");
        var rest = own.get(
                "/invoices?limit=1&cursor=" + firstPage.path("nextCursor").asString());
        assertThat(items(rest)).containsExactly(april);
        assertThat(rest.path("nextCursor").isNull()).isTrue();
    }

    @Test
    void anotherDriversInvoiceIsNotFound() {
        straddling();
        var number = items(own.get("/invoices")).getFirst().path("number").asString();
        var other = portal.driver();
        var script = portal.withToken(other);
        var browser = portal.signedIn(other);
        for (var nothing : new String[] {"2026-999999", "x", "0", "2026-1%00", "' or 1=1"}) {
            var path = nothing.replace(" ", "%20");
            if (!path.contains("%00")) {
                assertThat(script.get("/api/v1/invoices/" + number).body())
                        .isEqualTo(script.get("/api/v1/invoices/" + path).body());
                assertThat(script.get("/api/v1/invoices/" + number + ".pdf").body())
                        .isEqualTo(
                                script.get("/api/v1/invoices/" + path + ".pdf").body());
                assertThat(browser.get("/invoices/" + number).body())
                        .isEqualTo(browser.get("/invoices/" + path).body());
            }
            assertThat(script.get("/api/v1/invoices/" + path).statusCode())
                    .as(path)
                    .isBetween(400, 404);
        }
        assertThat(script.get("/api/v1/invoices/" + number).statusCode()).isEqualTo(404);
        assertThat(script.get("/api/v1/invoices/" + number + ".pdf").statusCode())
                .isEqualTo(404);
        assertThat(browser.get("/invoices/" + number).statusCode()).isEqualTo(404);
        assertThat(items(new Script(script).get("/invoices"))).isEmpty();
        assertThat(browser.get("/invoices").body()).contains("No invoices yet").doesNotContain(number);
    }

    @Test
    void theInvoicePagesShowTheNumbersOfTheApi() {
        long session = straddling();
        var number = items(own.get("/invoices")).getLast().path("number").asString();
        var browser = portal.signedIn(driver);
        assertThat(browser.get("/invoices").body()).contains("/invoices/" + number, "€13.21", "Apr 1, 2026");
        var page = browser.get("/invoices/" + number).body();
        assertThat(page)
                .contains(
                        "Invoice " + number,
                        "€11.10",
                        "€2.11",
                        "€13.21",
                        "VAT 19 %",
                        "Session #" + session,
                        "Plan fee");
        assertThat(page).contains("Apr 1, 2026", "Apr 30, 2026").doesNotContain("style=");
    }

    @Test
    void thePdfIsTaggedAndEmbedsItsFont() throws IOException, InterruptedException {
        long session = straddling();
        jdbc.sql("update accounts set locale = 'de' where id = ?")
                .param(driver.id().value())
                .update();
        var number = items(own.get("/invoices")).getLast().path("number").asString();
        var browser = portal.withToken(driver);
        var request = HttpRequest.newBuilder(browser.uri("/api/v1/invoices/" + number + ".pdf"))
                .header("Authorization", "Bearer " + portal.token(driver))
                .build();
        try (var http = java.net.http.HttpClient.newHttpClient()) {
            var response = http.send(request, BodyHandlers.ofByteArray());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).contains("application/pdf");
            assertThat(response.headers().firstValue("Content-Disposition").orElse(""))
                    .contains("rechnung-" + number + ".pdf");
            try (PDDocument pdf = Loader.loadPDF(response.body())) {
                assertThat(pdf.getDocumentCatalog().getMarkInfo().isMarked()).isTrue();
                assertThat(pdf.getDocumentCatalog().getLanguage()).isEqualTo("de");
                assertThat(pdf.getDocumentCatalog().getStructureTreeRoot()).isNotNull();
                var page = pdf.getPage(0);
                assertThat(page.getMediaBox().getWidth()).isBetween(595f, 596f);
                assertThat(page.getMediaBox().getHeight()).isBetween(841f, 842.5f);
                for (var font : page.getResources().getFontNames()) {
                    assertThat(page.getResources().getFont(font).isEmbedded()).isTrue();
                }
                assertThat(new PDFTextStripper().getText(pdf).replace('\u00a0', ' '))
                        .contains("Rechnung " + number, "13,21 €", "USt. 19 %", "Ladevorgang #" + session, "4,000 kWh");
            }
        }
    }

    @Test
    void aCreditIsOnTheNextInvoiceAndIsAudited() {
        data.subscribe(driver, "2026-03-31T22:00:00Z");
        var credit = operator.call(201, "POST", "/operator/credits", """
            {"driverId":%s,"amount":"5.00","reason":"Station was down"}
            """.formatted(driver.id()));
        assertThat(credit.path("amount").asString()).isEqualTo("5.00");
        assertThat(credit.path("currency").asString()).isEqualTo("EUR");
        assertThat(operator.lastEntry().path("action").asString()).isEqualTo("credit.grant");
        invoiceAt("2026-05-02T12:00:00Z");
        var invoice = items(own.get("/invoices")).getFirst();
        assertThat(invoice.path("net").asString()).isEqualTo("4.90"); // 9.90 − 5.00
        assertThat(invoice.path("lines").toString()).contains("Station was down");
    }

    @Test
    void aCreditAboveTheAmountOwedGivesANegativeTotal() {
        data.subscribe(driver, "2026-03-31T22:00:00Z");
        operator.call(201, "POST", "/operator/credits", """
            {"driverId":%s,"amount":"19.90","reason":"Station was down"}
            """.formatted(driver.id()));
        invoiceAt("2026-05-02T12:00:00Z");
        var invoice = items(own.get("/invoices")).getFirst();
        assertThat(invoice.path("net").asString()).isEqualTo("-10.00"); // 9.90 − 19.90
        assertThat(invoice.path("total").asString()).isEqualTo("-11.90"); // −10.00 × 1.19
        var page = portal.signedIn(driver)
                .get("/invoices/" + invoice.path("number").asString())
                .body();
        assertThat(page)
                .contains("In your favour", "it will be paid back to you")
                .doesNotContain("Please pay");
    }

    @Test
    void allErrorsInACreditAreReportedAndNothingIsStored() {
        var before = credits();
        assertThat(Script.faults(operator.call(422, "POST", "/operator/credits", "{}")))
                .containsExactlyInAnyOrder("driverId", "amount", "reason");
        long foreign = data.charged(portal.driver().id(), new Reading("2026-04-10T10:00:00Z", "1"));
        var problem = operator.call(422, "POST", "/operator/credits", """
            {"driverId":%s,"amount":-1,"reason":" ","sessionId":%d}
            """.formatted(driver.id(), foreign));
        assertThat(Script.faults(problem)).containsExactlyInAnyOrder("amount", "reason", "sessionId");
        for (var amount : List.of("1e99999999", "\"1e9\"", "\"0\"", "0.001", "\"abc\"", "[1]", "null", "true")) {
            var answer = operator.call(422, "POST", "/operator/credits", """
                {"driverId":%s,"amount":%s,"reason":"x"}
                """.formatted(driver.id(), amount));
            assertThat(Script.faults(answer)).as(amount).containsExactly("amount");
        }
        assertThat(credits()).isEqualTo(before);
    }

    @Test
    void markingAnInvoiceAsPaidAgainKeepsTheFirstTime() {
        straddling();
        var number = items(own.get("/invoices")).getFirst().path("number").asString();
        assertThat(own.get("/invoices/" + number).path("paid").asBoolean()).isFalse();
        var paid = operator.call(200, "POST", "/operator/invoices/" + number + "/paid", "");
        assertThat(paid.path("paid").asBoolean()).isTrue();
        assertThat(paid.path("driverId").asLong()).isEqualTo(driver.id().value());
        assertThat(operator.lastEntry().path("action").asString()).isEqualTo("invoice.paid");
        clock.set(Instant.parse("2026-06-05T12:00:00Z"));
        var again = operator.call(200, "POST", "/operator/invoices/" + number + "/paid", "");
        assertThat(again.path("paidAt")).isEqualTo(paid.path("paidAt"));
        assertThat(own.get("/invoices/" + number).path("paid").asBoolean()).isTrue();
        operator.call(404, "POST", "/operator/invoices/2026-999999/paid", "");
    }

    @Test
    void anInvoiceRunIsCappedByTheGracePeriodAndReportsItsResult() {
        data.subscribe(driver, "2026-03-31T22:00:00Z");
        clock.set(Instant.parse("2026-05-01T12:00:00Z"));
        data.allIsReadAt("2026-05-01T12:00:00Z");
        var early = operator.call(200, "POST", "/operator/invoices/run", "{\"until\":\"2026-04-30T21:59:59Z\"}");
        assertThat(early.path("until").asString()).isEqualTo("2026-04-30T21:59:59Z");
        assertThat(items(own.get("/invoices"))).isEmpty();
        var capped = operator.call(200, "POST", "/operator/invoices/run", "{\"until\":\"2027-01-01T00:00:00Z\"}");
        assertThat(capped.path("until").asString()).isEqualTo("2026-05-01T06:00:00Z"); // 12:00 − 6 h
        assertThat(capped.path("invoices").asInt()).isPositive();
        assertThat(items(own.get("/invoices"))).hasSize(1);
        assertThat(operator.lastEntry().path("action").asString()).isEqualTo("invoice.run");
        assertThat(Script.faults(
                        operator.call(422, "POST", "/operator/invoices/run", "{\"until\":\"2026-02-30T00:00:00Z\"}")))
                .containsExactly("until");
        var all = operator.get("/operator/invoices?driverId=" + driver.id());
        assertThat(items(all)).hasSize(1);
        assertThat(items(operator.get("/operator/invoices?driverId=0"))).isEmpty();
    }

    private long credits() {
        return jdbc.sql("select count(*) from credits").query(Long.class).single();
    }
}
