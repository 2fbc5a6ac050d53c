package express.polaris.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import express.polaris.accounts.Account;
import express.polaris.billing.invoicing.InvoiceFinalized;
import express.polaris.billing.invoicing.InvoiceService;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.BillingData;
import express.polaris.testing.BillingData.Reading;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import express.polaris.testing.TestIssuer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The documents of an invoice are made once and served unchanged ever after. */
@ApplicationTest
class InvoiceDocumentsTest {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Portal portal;
    private final MutableClock clock;
    private final JdbcClient jdbc;
    private final ApplicationContext context;
    private final TransactionTemplate transaction;

    InvoiceDocumentsTest(
            Portal portal,
            MutableClock clock,
            JdbcClient jdbc,
            ApplicationContext context,
            TransactionTemplate transaction) {
        this.portal = portal;
        this.clock = clock;
        this.jdbc = jdbc;
        this.context = context;
        this.transaction = transaction;
    }

    /** An invoice from before invoices had their issuer's data. */
    private String oldInvoice(Account driver) {
        var number = "2019-%06d".formatted(300_000 + COUNT.incrementAndGet());
        long id = jdbc.sql("""
            insert into invoices (driver_id, kind, period_from, period_to, currency, vat_rate, net, vat, total, issuer,
                   recipient_name, recipient_email, issued_on, due_on, created_at)
            values (?, 'adjustment', now(), now(), 'EUR', 19, 1, 0.19, 1.19, 'portal.example.org', 'Ada', 'ada@example.org',
                    current_date, current_date, now()) returning id
            """).param(driver.id().value()).query(Long.class).single();
        jdbc.sql("update invoices set number = ?, drawn_up_at = now(), finalized_at = now() where id = ?")
                .param(number)
                .param(id)
                .update();
        return number;
    }

    private byte[] stored(String number) {
        return jdbc.sql("select pdf from invoice_documents where number = ?")
                .param(number)
                .query(byte[].class)
                .single();
    }

    private byte[] served(String number, Account reader) {
        var invoice = context.getBean(InvoiceService.class).find(number).orElseThrow();
        return Objects.requireNonNull(
                context.getBean(InvoiceDocuments.class).pdf(invoice, reader).getBody());
    }

    @Test
    void neitherPaymentNorAnotherLanguageChangesThePdf() {
        var driver = portal.driver();
        var number = oldInvoice(driver);

        var first = served(number, driver);
        jdbc.sql("update accounts set locale = 'de', time_zone = 'Asia/Tokyo' where id = ?")
                .param(driver.id().value())
                .update();
        context.getBean(InvoiceService.class).markPaid(number);

        assertThat(served(number, driver)).isEqualTo(first).isEqualTo(stored(number));
        assertThat(served(number, portal.operator())).isEqualTo(first);
        for (var change : new String[] {"update invoice_documents set pdf = ''", "delete from invoice_documents"}) {
            assertThatThrownBy(() ->
                            jdbc.sql(change + " where number = ?").param(number).update())
                    .hasMessageContaining("never change");
        }
    }

    @Test
    void theJobMakesWhatWasFinalizedAndRollsBackWithIt() {
        var driver = portal.driver();
        var finalized = oldInvoice(driver);
        var undone = oldInvoice(driver);

        transaction.executeWithoutResult(status -> context.publishEvent(new InvoiceFinalized(finalized)));
        transaction.executeWithoutResult(status -> {
            context.publishEvent(new InvoiceFinalized(undone));
            status.setRollbackOnly();
        });
        // The application's own job may have claimed it, behind invoices of other tests.
        await().atMost(Duration.ofMinutes(2)).ignoreExceptions().untilAsserted(() -> {
            context.getBean(InvoiceDocumentJob.class).run();
            assertThat(stored(finalized)).isNotEmpty();
        });

        assertThat(stored(finalized)).startsWith("%PDF".getBytes(StandardCharsets.US_ASCII));
        assertThat(jdbc.sql("select count(*) from invoice_documents where number = ?")
                        .param(undone)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void anInvoiceWithoutTheIssuersDataHasAPdfButNoEInvoice() {
        var driver = portal.driver();
        var number = oldInvoice(driver);
        var browser = portal.signedIn(driver);

        assertThat(browser.get("/api/v1/invoices/" + number + ".pdf").statusCode())
                .isEqualTo(200);
        var refused = browser.get("/api/v1/invoices/" + number + ".xml");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("finalized without the issuer", "Its PDF exists");
        assertThat(browser.get("/invoices/" + number).body()).contains(".pdf").doesNotContain(".xml");
        var foreign = portal.signedIn(portal.driver());
        assertThat(foreign.get("/api/v1/invoices/" + number + ".xml").statusCode())
                .isEqualTo(404);
    }

    @Test
    void aFinalizedInvoiceHasAnEInvoiceInItsPdfAndOnItsOwn() throws Exception {
        clock.set(Instant.parse("2026-03-31T22:00:00Z"));
        TestIssuer.save(jdbc);
        var driver = portal.driver();
        jdbc.sql("""
            insert into billing_addresses (driver_id, kind, name, street, postcode, city, country, updated_at)
            values (?, 'person', 'Ada Lindqvist', 'Ulmenweg 3', '50668', 'Köln', 'DE', now())
            """).param(driver.id().value()).update();
        var data = new BillingData(context);
        data.subscribe(driver, "2026-03-31T22:00:00Z");
        data.charged(driver.id(), new Reading("2026-04-10T10:00:00Z", "4"));
        clock.at("2026-05-01T12:00:00Z");
        data.allIsReadAt("2026-05-01T12:00:00Z");
        portal.withToken(portal.operator()).call("POST", "/api/v1/operator/invoices/run", "");
        var invoice = context.getBean(InvoiceService.class)
                .page(Optional.of(driver.id()), Optional.empty(), 1)
                .getFirst();

        context.getBean(InvoiceDocumentJob.class).run();
        var browser = portal.signedIn(driver);
        var xml = browser.get("/api/v1/invoices/" + invoice.number() + ".xml");

        assertThat(xml.statusCode()).isEqualTo(200);
        assertThat(xml.body())
                .contains("<ram:GrandTotalAmount>" + invoice.total() + "</ram:GrandTotalAmount>", "Ada Lindqvist");
        assertThat(portal.signedIn(portal.operator())
                        .get("/api/v1/operator/invoices/" + invoice.number() + ".xml")
                        .body())
                .isEqualTo(xml.body());
        try (var pdf = Loader.loadPDF(stored(invoice.number()))) {
            assertThat(pdf.getDocumentCatalog().getNames().getEmbeddedFiles().getNames())
                    .containsOnlyKeys("factur-x.xml");
            assertThat(new PDFTextStripper().getText(pdf)).contains("Ada Lindqvist", TestIssuer.IBAN.substring(0, 4));
        }
        assertThat(browser.get("/invoices/" + invoice.number()).body())
                .contains("Ulmenweg 3", "viewBox=\"-4 -4 ", ".xml");
    }
}
