package express.polaris.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import express.polaris.accounts.Account;
import express.polaris.billing.invoicing.CreditService;
import express.polaris.billing.invoicing.Invoice;
import express.polaris.billing.invoicing.InvoiceService;
import express.polaris.billing.plans.PlanService;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.BillingData;
import express.polaris.testing.BillingData.Reading;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import express.polaris.testing.TestPlan;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An invoice repeats names and reasons exactly as people typed them, even if they look like markup or placeholders. */
@ApplicationTest
class InvoiceWordsTest {

    private static final AtomicLong COUNT = new AtomicLong();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Portal portal;
    private final MutableClock clock;
    private final JdbcClient jdbc;
    private final ApplicationContext context;
    private final BillingData data;
    private Account driver;

    InvoiceWordsTest(Portal portal, MutableClock clock, JdbcClient jdbc, ApplicationContext context) {
        this.portal = portal;
        this.clock = clock;
        this.jdbc = jdbc;
        this.context = context;
        this.data = new BillingData(context);
        this.driver = portal.driver();
    }

    /** The clock is set before all events, so that the scheduled run finds nothing to invoice. */
    @BeforeEach
    void people() {
        clock.set(Instant.parse("2026-03-31T22:00:00Z"));
        driver = portal.driver();
    }

    static List<String> words() {
        return List.of(
                "Home to Work",
                "Tarif 2026-13-01",
                "2026-02-30 to 2026-99-99",
                "Home, 2026-04-01 to 2026-04-30",
                "Fee (30 kWh)",
                "3 sessions without a charge",
                "Plan fee, days not used",
                "{0} {1} {2} $1 \\1 %s",
                "\"Quoted\" & 'so' <b>",
                "Grün 🔋 Ω – ∞",
                "x to ".repeat(39) + "y");
    }

    /** April's invoice: a fee, energy in a band, a session with a cost and one without, and a credit. */
    private Invoice invoice(String name, String reason) {
        var code = "plan-" + UUID.randomUUID();
        context.getBean(PlanService.class)
                .save(TestPlan.graduated(code, TestPlan.range(0, 4, "0"), TestPlan.rangeFrom(4, "0.30"))
                        .named(name)
                        .fee(990)
                        .json());
        data.assign(driver, code, "2026-03-31T22:00:00Z");
        data.charged(driver.id(), new Reading("2026-04-10T10:00:00Z", "4"));
        data.charged(driver.id(), new Reading("2026-04-20T10:00:00Z", "6"));
        context.getBean(CreditService.class)
                .grant(
                        driver.id(),
                        "1",
                        reason,
                        Optional.empty(),
                        portal.operator().id());
        return ofApril();
    }

    /** A sync that was running when the clock was set may still write when it has read everything. */
    private Invoice ofApril() {
        clock.at("2026-05-01T12:00:00Z");
        return await().until(
                        () -> {
                            data.allIsReadAt("2026-05-01T12:00:00Z");
                            portal.withToken(portal.operator()).call("POST", "/api/v1/operator/invoices/run", "");
                            return latest();
                        },
                        Optional::isPresent)
                .orElseThrow();
    }

    private Optional<Invoice> latest() {
        var invoices = context.getBean(InvoiceService.class);
        return invoices.page(Optional.of(driver.id()), Optional.empty(), 1).stream()
                .findFirst()
                .flatMap(invoice -> invoices.find(invoice.number()));
    }

    private String page(String number) {
        var answer = portal.signedIn(driver).get("/invoices/" + number);
        assertThat(answer.statusCode()).isEqualTo(200);
        return HtmlUtils.htmlUnescape(answer.body());
    }

    private void readsGerman() {
        jdbc.sql("update accounts set locale = 'de' where id = ?")
                .param(driver.id().value())
                .update();
    }

    /** Without spaces, because the PDF breaks lines at them. */
    private String pdf(Invoice invoice, Locale locale) throws IOException {
        var documents =
                context.getBean(InvoicePdf.class).of(invoice, new Format(locale, driver.timeZone()), clock.instant());
        try (var pdf = Loader.loadPDF(documents.pdf())) {
            return withoutSpaces(new PDFTextStripper().getText(pdf));
        }
    }

    private static String withoutSpaces(String text) {
        return text.replaceAll("[\\s\u00a0]", "");
    }

    private JsonNode lines(String number) {
        return JSON.readTree(portal.withToken(driver)
                        .get("/api/v1/invoices/" + number)
                        .body())
                .path("lines");
    }

    private List<String> texts(String number) {
        return lines(number)
                .valueStream()
                .map(line -> line.path("text").asString())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("words")
    void aNameIsRepeatedAsItIsOnThePageThePaperAndInTheApi(String name) throws IOException {
        var invoice = invoice(name, name);
        var number = invoice.number();

        assertThat(texts(number))
                .startsWith(name + ", 2026-04-01 to 2026-04-30", "0–4 kWh", "4–∞ kWh")
                .contains("1 session without a charge", name);
        assertThat(page(number))
                .contains(name + ", Apr 1, 2026 – Apr 30, 2026", "0–4 kWh", "above 4 kWh", ">" + name + "<")
                .contains("Plan fee", "1 session at no cost");
        readsGerman();
        assertThat(page(number))
                .contains(name + ", 01.04.2026 – 30.04.2026", "0–4 kWh", "über 4 kWh", ">" + name + "<")
                .contains("Grundgebühr", "1 Ladevorgang ohne Kosten");
        for (var locale : List.of(Locale.ENGLISH, Locale.GERMAN)) {
            if (name.codePoints().allMatch(point -> point < 0x250)) {
                assertThat(pdf(invoice, locale))
                        .contains(
                                withoutSpaces(name + ","),
                                "0–4kWh",
                                locale == Locale.GERMAN ? "über4kWh" : "above4kWh");
            } else {
                assertThat(pdf(invoice, locale)).contains(number);
            }
        }
    }

    @Test
    void aLineWithAFlatAmountAddsUpAndOneOfPackagesHasNoUnitPrice() throws IOException {
        var code = "plan-" + UUID.randomUUID();
        var plan = new HashMap<>(
                TestPlan.graduated(code, TestPlan.rangeFrom(0, "0.30", "5")).json());
        plan.put(
                "charges",
                List.of(
                        Map.of(
                                "billable_metric_code", "energy_kwh",
                                "charge_model", "graduated",
                                "properties", Map.of("graduated_ranges", List.of(TestPlan.rangeFrom(0, "0.30", "5")))),
                        Map.of(
                                "billable_metric_code", "session",
                                "charge_model", "package",
                                "properties", Map.of("amount", "5", "package_size", 3, "free_units", 0))));
        context.getBean(PlanService.class).save(plan);
        data.assign(driver, code, "2026-03-31T22:00:00Z");
        data.charged(driver.id(), new Reading("2026-04-10T10:00:00Z", "12"));
        data.charged(driver.id(), new Reading("2026-04-20T10:00:00Z", "28"));
        var invoice = ofApril();

        assertThat(invoice.net()).isEqualByComparingTo("22"); // 40 × 0.30 + 5, and a package of 3 sessions
        assertThat(page(invoice.number()))
                .contains("40.000 kWh × €0.30 + €5.00 flat", "<div class=\"line-sum num\">2</div>")
                .doesNotContain("× €0.00");
        assertThat(pdf(invoice, Locale.ENGLISH))
                .contains("40.000kWh", "€0.30", "+€5.00flat", "€17.00")
                .containsOnlyOnce("€0.00"); // the VAT
        var lines = lines(invoice.number());
        assertThat(lines.path(0).path("unitPrice").asString()).isEqualTo("0.3");
        assertThat(lines.path(0).path("flat").asString()).isEqualTo("5.00");
        assertThat(lines.path(0).path("amount").asString()).isEqualTo("17.00");
        assertThat(lines.path(1).path("quantity").asString()).isEqualTo("2");
        assertThat(lines.path(1).path("unitPrice").asString()).isEqualTo("0");
        assertThat(lines.path(1).path("flat").asString()).isEqualTo("5.00");
        assertThat(lines.path(1).path("amount").asString()).isEqualTo("5.00");
    }

    @Test
    void aNameThatLooksLikeAnythingElseIsInEveryTable() {
        var number = invoice("Tarif 2026-13-01", "a \"b\"; c, d").number();

        assertThat(portal.signedIn(portal.operator())
                        .get("/operator/invoices.csv?driverId=" + driver.id())
                        .body())
                .contains(number);
        assertThat(portal.signedIn(driver).get("/account/data.json").body())
                .contains("Tarif 2026-13-01, 2026-04-01 to 2026-04-30")
                .contains("a \\\"b\\\"; c, d");
        assertThat(portal.signedIn(driver).get("/api/v1/sessions.csv").statusCode())
                .isEqualTo(200);
    }

    /** An invoice whose lines have no columns: kind, session or 0, and text. */
    private Invoice oldInvoice(String... lines) {
        var number = "1999-" + COUNT.incrementAndGet();
        long id = jdbc.sql("""
            insert into invoices (driver_id, kind, period_from, period_to, currency, vat_rate, net, vat, total, issuer,
                   recipient_name, recipient_email, issued_on, due_on, created_at)
            values (?, 'adjustment', now(), now(), 'EUR', 0, 0, 0, 0, 'x', 'x', 'x', now(), now(), now()) returning id
            """).param(driver.id().value()).query(Long.class).single();
        for (int i = 0; i < lines.length; i += 3) {
            jdbc.sql("""
                insert into invoice_lines (invoice_id, position, kind, steve_transaction_id, text, amount)
                values (?, ?, ?, nullif(?, 0), ?, 1)
                """)
                    .param(id)
                    .param(i)
                    .param(lines[i])
                    .param(Long.parseLong(lines[i + 1]))
                    .param(lines[i + 2])
                    .update();
        }
        jdbc.sql("update invoices set number = ?, drawn_up_at = now() where id = ?")
                .param(number)
                .param(id)
                .update();
        return context.getBean(InvoiceService.class).find(number).orElseThrow();
    }

    @Test
    void anInvoiceThatWasFinalBeforeItsLinesHadColumnsKeepsItsWords() throws IOException {
        var session = String.valueOf(data.charged(driver.id(), new Reading("2026-04-10T10:00:00Z", "4")));
        var old = oldInvoice(
                "fee",
                "0",
                "Home to Work, 2026-04-01 to 2026-04-30",
                "fee",
                "0",
                "Plan fee, days not used",
                "energy",
                "0",
                "0–0.5 kWh",
                "session",
                session,
                "Session #" + session,
                "other_sessions",
                "0",
                "1 session without a charge",
                "rounding",
                "0",
                "Rounding",
                "adjustment",
                session,
                "Session #" + session + ", in the period from 2026-03-01",
                "credit",
                "0",
                "Sorry, 2026-13-01 to nobody");

        assertThat(texts(old.number()))
                .containsExactly(
                        "Home to Work, 2026-04-01 to 2026-04-30",
                        "Plan fee, days not used",
                        "0–0.5 kWh",
                        "Session #" + session,
                        "1 session without a charge",
                        "Rounding",
                        "Session #" + session + ", in the period from 2026-03-01",
                        "Sorry, 2026-13-01 to nobody");
        readsGerman();
        assertThat(page(old.number()))
                .contains("Home to Work, 01.04.2026 – 30.04.2026", "Grundgebühr, ungenutzte Tage", "0–0.5 kWh")
                .contains("Ladevorgang #" + session, "1 Ladevorgang ohne Kosten", "Rundung")
                .contains(
                        "Nach der Rechnung für den Zeitraum ab 01.03.2026 eingegangen", "Sorry, 2026-13-01 to nobody");
        assertThat(pdf(old, Locale.GERMAN)).contains("HometoWork,01.04.2026–30.04.2026");
    }

    @Test
    void wordsThatSayNothingKnownAreShownAsTheyAre() throws IOException {
        var session = String.valueOf(data.charged(driver.id(), new Reading("2026-04-10T10:00:00Z", "4")));
        var words = List.of(
                "Home, 2026-13-01 to 2026-13-31",
                "from 2026-04-01",
                "plenty",
                "Trip " + session,
                "99999999999999999999 sessions without a charge",
                "01 sessions without a charge",
                "A few cents",
                "Session #" + session + ", in the period from 2026-02-30");
        var old = oldInvoice(
                "fee",
                "0",
                words.get(0),
                "fee",
                "0",
                words.get(1),
                "energy",
                "0",
                words.get(2),
                "session",
                session,
                words.get(3),
                "other_sessions",
                "0",
                words.get(4),
                "other_sessions",
                "0",
                words.get(5),
                "rounding",
                "0",
                words.get(6),
                "adjustment",
                session,
                words.get(7));

        assertThat(texts(old.number())).isEqualTo(words);
        readsGerman();
        assertThat(page(old.number())).contains(words);
        var pdf = pdf(old, Locale.GERMAN);
        assertThat(words).allSatisfy(it -> assertThat(pdf).contains(withoutSpaces(it)));
    }
}
