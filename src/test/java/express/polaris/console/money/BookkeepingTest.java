package express.polaris.console.money;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.Account;
import express.polaris.accounts.AuditLog;
import express.polaris.billing.invoicing.Invoice;
import express.polaris.billing.invoicing.InvoiceService;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.BillingData;
import express.polaris.testing.BillingData.Reading;
import express.polaris.testing.Browser;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Exports for bookkeeping and the import of payments, over HTTP. */
@ApplicationTest
class BookkeepingTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final String PERIOD = "?from=2027-06-01&until=2027-06-30";

    private final Portal portal;
    private final MutableClock clock;
    private final InvoiceService invoices;
    private final AuditLog audit;
    private final JdbcClient jdbc;
    private final BillingData data;
    private Account driver;
    private Browser operator;

    BookkeepingTest(Portal portal, MutableClock clock, AuditLog audit, JdbcClient jdbc, ApplicationContext context) {
        this.portal = portal;
        this.clock = clock;
        this.invoices = context.getBean(InvoiceService.class);
        this.audit = audit;
        this.jdbc = jdbc;
        this.data = new BillingData(context);
        this.driver = portal.driver();
        this.operator = portal.browser();
    }

    @BeforeEach
    void people() {
        clock.set(Instant.parse("2027-04-30T22:00:00Z"));
        driver = portal.driver();
        operator = portal.signedIn(portal.operator());
        jdbc.sql("delete from revenue_accounts").update();
        jdbc.sql("delete from bookkeeping_accounts").update();
        jdbc.sql("update accounts set name = 'Zoë Müller' where id = ?")
                .param(driver.id().value())
                .update();
    }

    /** April of 9.90, and May of 9.90 + 4 × 0.30, both with 19 % VAT: 11.78 and 13.21; earliest first. */
    private List<Invoice> twoInvoices() {
        data.subscribe(driver, "2027-03-31T22:00:00Z");
        data.charged(driver.id(), new Reading("2027-05-20T10:00:00Z", "4"));
        clock.at("2027-06-02T12:00:00Z");
        data.allIsReadAt("2027-06-02T12:00:00Z");
        assertThat(operator.post("/operator/invoices/run", Map.of()).statusCode())
                .isEqualTo(303);
        var drawnUp =
                invoices.page(Optional.of(driver.id()), Optional.empty(), 10).reversed();
        assertThat(drawnUp)
                .extracting(Invoice::total)
                .containsExactly(new BigDecimal("11.78"), new BigDecimal("13.21"));
        return drawnUp;
    }

    private void accounts(String... rates) {
        accountsWithDebtorsFrom("10000", rates);
    }

    private void accountsWithDebtorsFrom(String debtorBase, String... rates) {
        var fields = Stream.concat(
                Stream.of("chart", "SKR04", "consultant", "29098", "client", "55003", "accountLength", "4"),
                Stream.of("debtorBase", debtorBase, "bankAccount", "1800", "yearBegins", "1"));
        var saved = operator.postAll(
                "/operator/bookkeeping/accounts",
                Stream.concat(fields, Stream.of(rates)).toArray(String[]::new));
        assertThat(saved.statusCode()).as(saved.body()).isEqualTo(303);
    }

    /** The lines of a table whose first or given column names one of these invoices. */
    private static List<String[]> rows(String table, String separator, List<Invoice> of) {
        return Arrays.stream(table.split("\r\n"))
                .filter(line -> of.stream().anyMatch(invoice -> line.contains(invoice.number())))
                .map(line -> line.split(separator, -1))
                .toList();
    }

    private String download(String path) {
        var answer = operator.get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.body();
    }

    @Test
    void theDatevFileHasABookingForEachInvoiceAndAddsUpToThem() {
        var both = twoInvoices();
        accounts("vatRate", "19", "account", "4400", "buKey", "", "vatRate", "0", "account", "4200", "buKey", "");
        var answer = operator.get("/operator/bookkeeping/datev.csv" + PERIOD);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/csv;charset=windows-1252");
        assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow())
                .contains("EXTF_Buchungsstapel_20270601_20270630.csv");
        var file = answer.body();
        assertThat(WINDOWS.newEncoder().canEncode(file)).isTrue();
        var lines = file.split("\r\n");
        assertThat(lines[0])
                .matches("\"EXTF\";700;21;\"Buchungsstapel\";13;20270602140000000;;\"RE\";\"\";\"\";29098;55003;"
                        + "20270101;4;20270601;20270630;\"Rechnungen\";\"\";1;0;0;\"EUR\";;\"\";;;\"04\";;;\"\";"
                        + "\"Polaris Express\"");
        assertThat(lines[0].split(";", -1)).hasSize(31);
        assertThat(lines[1].split(";", -1)).hasSize(125).startsWith("Umsatz (ohne Soll/Haben-Kz)");

        var rows = rows(file, ";", both);
        assertThat(rows.getLast()).hasSize(125);
        var konto = Long.toString(10_000 + driver.id().value());
        assertThat(String.join(";", Arrays.copyOf(rows.getLast(), 14)))
                .isEqualTo("13,21;\"S\";\"EUR\";;;;" + konto + ";4400;\"\";0206;\""
                        + both.getLast().number() + "\";;;\"Zoë Müller\"");
        // 11.78 + 13.21 = 24.99, in both
        assertThat(rows.stream()
                        .map(row -> new BigDecimal(row[0].replace(',', '.')))
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("24.99")
                .isEqualByComparingTo(both.stream().map(Invoice::total).reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    /** Fails if an invoice of less than zero becomes a booking with a sign instead of the other side. */
    @Test
    void anInvoiceOfLessThanZeroIsBookedOnTheOtherSide() {
        data.subscribe(driver, "2027-03-31T22:00:00Z");
        operator.post("/operator/credits", Map.of("driver", driver.email(), "amount", "20", "reason", "Broken cable"));
        clock.at("2027-06-02T12:00:00Z");
        data.allIsReadAt("2027-06-02T12:00:00Z");
        operator.post("/operator/invoices/run", Map.of());
        accounts("vatRate", "19", "account", "4400", "buKey", "3", "vatRate", "0", "account", "4200", "buKey", "");
        var own = invoices.page(Optional.of(driver.id()), Optional.empty(), 10);
        var row = rows(download("/operator/bookkeeping/datev.csv" + PERIOD), ";", own).stream()
                .filter(cells -> cells[1].equals("\"H\""))
                .findFirst()
                .orElseThrow();
        assertThat(row[0]).isEqualTo("12,02"); // (9.90 − 20) × 1.19
        assertThat(row[8]).isEqualTo("\"3\"");
    }

    @Test
    void withoutAccountsTheExportSaysWhatIsMissing() {
        twoInvoices();
        var page = operator.get("/operator/bookkeeping/datev.csv" + PERIOD);
        assertThat(page.statusCode()).isEqualTo(303);
        var location = page.headers().firstValue("Location").orElseThrow();
        assertThat(download(location)).contains("Save the account numbers first.");
        accounts("vatRate", "7", "account", "4300", "buKey", "");
        assertThat(download(location)).contains("No revenue account is entered for the VAT rate 19 %.");
        var years = operator.get("/api/v1/operator/bookkeeping/datev.csv?from=2026-06-01&until=2027-06-30");
        assertThat(years.statusCode()).isEqualTo(422);
        assertThat(years.body()).contains("A DATEV file covers one business year: choose days up to 2026-12-31.");
    }

    private void invoicesAreDrawnUpAt(String at) {
        clock.at(at);
        data.allIsReadAt(at);
        assertThat(operator.post("/operator/invoices/run", Map.of()).statusCode())
                .isEqualTo(303);
    }

    /** Fails if accounts are asked for that no booking of the file uses. */
    @Test
    void anInvoiceOfZeroNeedsNoAccounts() {
        invoicesAreDrawnUpAt("2027-05-12T12:00:00Z"); // those of other drivers
        data.subscribe(driver, "2027-03-31T22:00:00Z");
        operator.post("/operator/credits", Map.of("driver", driver.email(), "amount", "9.90", "reason", "Thanks"));
        invoicesAreDrawnUpAt("2027-05-13T12:00:00Z");
        assertThat(invoices.page(Optional.of(driver.id()), Optional.empty(), 10))
                .extracting(Invoice::total)
                .containsExactly(new BigDecimal("0.00")); // (9.90 − 9.90) × 1.19
        accountsWithDebtorsFrom("69999", "vatRate", "7", "account", "4300", "buKey", "");
        var file = download("/api/v1/operator/bookkeeping/datev.csv?from=2027-05-13&until=2027-05-13");
        assertThat(file.split("\r\n")).hasSize(2); // the header's two lines
    }

    @Test
    void allFaultsOfTheAccountNumbersAreShownAtOnce() {
        var answer = operator.postAll(
                "/operator/bookkeeping/accounts",
                "chart",
                "SKR05",
                "consultant",
                "1",
                "accountLength",
                "4",
                "debtorBase",
                "70000",
                "vatRate",
                "119",
                "account",
                "x",
                "buKey",
                "A");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains(
                        "Must be SKR03 or SKR04.",
                        "Must be a whole number from 1001 to 9999999.",
                        "Must be a whole number from 10000 to 69999.",
                        "Must be a VAT rate from 0 to 100");
    }

    @Test
    void paymentsAreExportedByTheirDay() {
        var both = twoInvoices();
        var paid = both.getFirst().number();
        operator.post("/operator/invoices/" + paid + "/paid", Map.of("paidOn", "2027-06-02"));
        var csv = download("/operator/bookkeeping/payments.csv" + PERIOD);
        assertThat(rows(csv, ",", both))
                .singleElement()
                .satisfies(row -> assertThat(row).startsWith("2027-06-02", paid).endsWith("EUR", "11.78"));
        assertThat(rows(download("/api/v1/operator/bookkeeping/invoices.csv" + PERIOD), ",", both))
                .extracting(row -> row[15] + row[16])
                .containsExactly("paid2027-06-02", "open");
        assertThat(rows(download("/api/v1/operator/bookkeeping/invoices.csv" + PERIOD + "&by=paid"), ",", both))
                .hasSize(1);
        // bank to debtor: without a revenue account for 19 %
        accounts("vatRate", "7", "account", "4300", "buKey", "");
        var konto = Long.toString(10_000 + driver.id().value());
        assertThat(rows(download("/operator/bookkeeping/datev.csv" + PERIOD + "&by=paid"), ";", both))
                .singleElement()
                .satisfies(row -> assertThat(row).startsWith("11,78", "\"S\"", "\"EUR\"", "", "", "", "1800", konto));
    }

    private static byte[] csv(String... lines) {
        return ("Buchungstag;Betrag;Währung;Verwendungszweck\n" + String.join("\n", lines) + "\n").getBytes(WINDOWS);
    }

    private Optional<LocalDate> paidOn(Invoice invoice) {
        return invoices.find(invoice.number()).orElseThrow().paidAt().map(at -> LocalDate.ofInstant(at, BERLIN));
    }

    @Test
    void aDryRunChangesNothingAndTheConfirmationDoesWhatItShowed() {
        var both = twoInvoices();
        var april = both.getFirst();
        var may = both.getLast();
        clock.at("2027-06-10T12:00:00Z");
        var file = csv(
                "04.06.2027;11,78;EUR;Rechnung " + april.number().replace("-", " "),
                "05.06.2027;11,78;EUR;noch einmal " + april.number(),
                "05.06.2027;13,20;EUR;" + may.number(),
                "05.06.2027;13,22;EUR;" + may.number(),
                "05.06.2027;13,21;CHF;" + may.number(),
                "01.06.2027;13,21;EUR;" + may.number(),
                "05.06.2027;99,00;EUR;2027-999999");
        var preview = operator.upload("/operator/payments/import", Map.of(), "umsaetze.csv", file);
        assertThat(preview.statusCode()).isEqualTo(200);
        assertThat(preview.body())
                .contains(
                        "1 payment would be booked",
                        "Will be marked as paid",
                        "Left alone: already paid",
                        "Left alone: less than €13.21",
                        "Left alone: more than €13.21",
                        "Left alone: another currency",
                        "Left alone: booked before the invoice was issued",
                        "No invoice number found");
        assertThat(paidOn(april)).isEmpty();

        var confirmed = operator.post("/operator/payments/import/apply", confirmation(preview.body()));
        assertThat(confirmed.statusCode()).as(confirmed.body()).isEqualTo(200);
        assertThat(confirmed.body()).contains("1 payment booked", "Marked as paid");
        assertThat(paidOn(april)).hasValue(LocalDate.of(2027, 6, 4));
        assertThat(paidOn(may)).isEmpty();
        assertThat(audit.page(Optional.empty(), 1).getFirst().action()).isEqualTo("payments.import");

        // The form once more: what it showed is not so any more.
        var again = operator.post("/operator/payments/import/apply", confirmation(preview.body()));
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(operator.upload("/operator/payments/import", Map.of(), "umsaetze.csv", file)
                        .body())
                .contains("0 payments would be booked", "Imported before");
    }

    /** Fails if the money for a cancelled invoice disappears in it, while its replacement stays unpaid. */
    @Test
    void aPaymentOfACancelledInvoiceNamesTheOneThatReplacesIt() {
        var april = twoInvoices().getFirst();
        clock.at("2027-06-10T12:00:00Z");
        operator.post("/operator/invoices/" + april.number() + "/cancel", Map.of("reason", "Moved", "replace", "true"));
        var cancellation =
                invoices.find(april.number()).orElseThrow().cancelledBy().orElseThrow();
        var replacement =
                invoices.page(Optional.of(driver.id()), Optional.empty(), 1).getFirst();
        assertThat(replacement.replaces()).contains(april.number());
        var file = csv("05.06.2027;11,78;EUR;" + april.number());
        var preview = operator.upload("/operator/payments/import", Map.of(), "umsaetze.csv", file);
        assertThat(preview.body())
                .contains(
                        "0 payments would be booked",
                        "Left alone: cancelled by " + cancellation + ", replaced by " + replacement.number());
        assertThat(operator.post("/operator/invoices/" + april.number() + "/paid", Map.of("paidOn", "2027-06-10"))
                        .statusCode())
                .isEqualTo(409);
        assertThat(paidOn(april)).isEmpty();
        clock.at("2027-08-10T12:00:00Z");
        var csv = download("/api/v1/operator/bookkeeping/invoices.csv" + PERIOD);
        assertThat(rows(csv, ",", List.of(april)))
                .extracting(row -> row[0] + " " + row[15] + " " + row[17] + " " + row[18])
                .containsExactly(
                        april.number() + " settled  " + cancellation,
                        cancellation + " settled " + april.number() + " ");
    }

    @Test
    void aFileWhoseDaysFitTwoOrdersAsksForOne() {
        var file = "Date,Description,Amount\n02/05/2027,x,1.00\n".getBytes(StandardCharsets.UTF_8);
        var asked = operator.upload("/operator/payments/import", Map.of(), "x.csv", file);
        assertThat(asked.statusCode()).isEqualTo(422);
        assertThat(asked.body()).contains("02/05/2027 can be read as two days.", "Month first (5 February)");
        var told = operator.upload("/operator/payments/import", Map.of("dateOrder", "month_first"), "x.csv", file);
        assertThat(told.statusCode()).isEqualTo(200);
        assertThat(told.body()).contains("Feb 5, 2027", "<option value=\"month_first\" selected>");
    }

    private static Map<String, String> confirmation(String page) {
        return Map.of("entries", hidden(page, "entries"), "expected", hidden(page, "expected"));
    }

    private static String hidden(String page, String field) {
        return page.replaceAll("(?s).*name=\"" + field + "\" value=\"([^\"]+)\".*", "$1");
    }

    private static byte[] camt(String... entries) {
        return ("""
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>
             <Acct><Id><IBAN>DE02120300000000202051</IBAN></Id></Acct>
            """ + String.join("", entries) + "</Stmt></BkToCstmrStmt></Document>").getBytes(StandardCharsets.UTF_8);
    }

    private static String entry(String reference, String amount, String text) {
        return """
            <Ntry><Amt Ccy="EUR">%s</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
             <BookgDt><Dt>2027-06-05</Dt></BookgDt><AcctSvcrRef>%s</AcctSvcrRef>
             <NtryDtls><TxDtls><RmtInf><Ustrd>%s</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
            """.formatted(amount, reference, text);
    }

    /** Fails if a payment for several invoices is not compared with their sum, or a file counts twice. */
    @Test
    void aStatementIsImportedOnceByTheApi() {
        var both = twoInvoices();
        clock.at("2027-06-10T12:00:00Z");
        var reference = driver.id() + "-" + both.getFirst().number();
        var file = camt(entry(
                reference,
                "24.99",
                both.getFirst().number() + " + " + both.getLast().number()));
        var path = "/api/v1/operator/payments/import";
        var dry = operator.call("POST", path, "application/xml", file);
        assertThat(dry.statusCode()).as(dry.body()).isEqualTo(200);
        assertThat(dry.body()).contains("\"dryRun\":true", "\"outcome\":\"paid\"", "\"owed\":\"24.99\"");
        assertThat(paidOn(both.getFirst())).isEmpty();

        var done = operator.call("POST", path + "?dryRun=false", "application/xml", file);
        assertThat(done.body()).contains("\"dryRun\":false", "\"paid\":1");
        assertThat(both).allSatisfy(invoice -> assertThat(paidOn(invoice)).hasValue(LocalDate.of(2027, 6, 5)));
        int kept = entries();
        var twice = operator.call("POST", path + "?dryRun=false", "application/xml", file);
        assertThat(twice.body()).contains("\"paid\":0", "\"outcome\":\"seen\"");
        assertThat(entries()).isEqualTo(kept);
    }

    private int entries() {
        return jdbc.sql("select count(*) from bank_entries")
                .query(Integer.class)
                .single();
    }

    @Test
    void aHostileStatementIsRefusedWithItsReason() {
        var bomb = """
            <!DOCTYPE d [<!ENTITY a "aaaaaaaaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">&b;</Document>""";
        var answer = operator.call(
                "POST", "/api/v1/operator/payments/import", "application/xml", bomb.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("a document type definition is not allowed");
        var page =
                operator.upload("/operator/payments/import", Map.of(), "x.xml", bomb.getBytes(StandardCharsets.UTF_8));
        assertThat(page.statusCode()).isEqualTo(422);
        assertThat(page.body()).contains("a document type definition is not allowed");
    }

    /** Fails if a statement of ten thousand entries does not fit through upload, preview and confirmation. */
    @Test
    void aStatementOfTenThousandEntriesIsImported() {
        var both = twoInvoices();
        clock.at("2027-06-10T12:00:00Z");
        var lines = new String[10_000];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = entry(
                    "BIG-" + driver.id() + "-" + i,
                    "13.20",
                    "Rechnung " + both.getLast().number() + " Teil " + i);
        }
        lines[9_999] = entry(
                "BIG-" + driver.id() + "-last",
                "13.21",
                "Rechnung " + both.getLast().number());
        var file = camt(lines);
        assertThat(file.length).isGreaterThan(1024 * 1024);
        var preview = operator.upload("/operator/payments/import", Map.of(), "big.xml", file);
        assertThat(preview.statusCode()).isEqualTo(200);
        assertThat(preview.body()).contains("1 payment would be booked", "9500 more entries are not listed.");
        var confirmed = operator.post("/operator/payments/import/apply", confirmation(preview.body()));
        assertThat(confirmed.statusCode()).isEqualTo(200);
        assertThat(paidOn(both.getLast())).hasValue(LocalDate.of(2027, 6, 5));
    }

    @Test
    void aDriverFindsNothingThere() {
        var stranger = portal.signedIn(driver);
        for (var path :
                List.of("/operator/bookkeeping", "/operator/bookkeeping/datev.csv", "/operator/payments/import")) {
            assertThat(stranger.get(path).statusCode()).as(path).isEqualTo(404);
        }
        assertThat(stranger.get("/api/v1/operator/bookkeeping/datev.csv" + PERIOD)
                        .statusCode())
                .isEqualTo(404);
        assertThat(stranger.call("POST", "/api/v1/operator/payments/import", "text/csv", csv())
                        .statusCode())
                .isEqualTo(404);
    }
}
