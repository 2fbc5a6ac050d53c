package express.polaris.documents;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.Account;
import express.polaris.billing.statements.ReimbursementService;
import express.polaris.billing.statements.Statement;
import express.polaris.billing.statements.StatementService;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.HomeCharging;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Statements as PDF and CSV. Writes pictures of the pages to target/documents. */
@ApplicationTest
class StatementDocumentsTest {

    private static final Path PICTURES = Path.of("target/documents");

    private final Portal portal;
    private final MutableClock clock;
    private final JdbcClient jdbc;
    private final StatementDocuments documents;
    private final StatementService statements;
    private final ReimbursementService terms;
    private final HomeCharging home;
    private Account driver;

    StatementDocumentsTest(Portal portal, MutableClock clock, JdbcClient jdbc, ApplicationContext application) {
        this.portal = portal;
        this.clock = clock;
        this.jdbc = jdbc;
        this.documents = application.getBean(StatementDocuments.class);
        this.statements = application.getBean(StatementService.class);
        this.terms = application.getBean(ReimbursementService.class);
        this.home = new HomeCharging(application);
        this.driver = portal.driver();
    }

    @BeforeEach
    void inNovember() {
        clock.at(HomeCharging.OCTOBER_IS_STATED);
        driver = portal.driver();
    }

    @Test
    void aShortStatementFitsOnOnePageAndNamesEveryFact() throws IOException {
        long session = home.charged(driver, "2026-10-05T10:00:00Z", "12.345");
        home.charged(driver, "2026-10-20T10:00:00Z", "7.777");
        var statement = stated(Locale.ENGLISH);

        var pages = picture(documents.pdf(statement), "statement-en");
        assertThat(pages.count()).isEqualTo(1);
        assertThat(pages.text())
                .contains(
                        "Statement " + statement.number(),
                        "October 2026",
                        "ACME GmbH",
                        "ID.4, B-PE 123",
                        "4711",
                        "Session #" + session,
                        "Oct 5, 2026, 11:00",
                        "12.345",
                        "€4.20",
                        "20.122 kWh × €0.34 (agreed rate)",
                        "€6.84",
                        "OCPP");
    }

    @Test
    void aPdfIsStoredWhenItIsFirstRendered() {
        home.charged(driver, "2026-10-05T10:00:00Z", "12.345");
        var statement = stated(Locale.ENGLISH);
        var first = documents.pdf(statement);
        assertThat(documents.pdf(statement)).isEqualTo(first);
        assertThat(statements.keepPdf(statement.number(), new byte[] {1})).isEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource({"de, Nachweis, Oktober 2026, vereinbarter Satz", "en, Statement, October 2026, agreed rate"})
    void sixtySessionsAreOnSeveralPages(String language, String title, String month, String rate) throws IOException {
        for (int index = 0; index < 60; index++) {
            var day = String.format(Locale.ROOT, "2026-10-%02dT%02d:17:00Z", 1 + index / 2, 8 + 10 * (index % 2));
            home.charged(driver, day, String.format(Locale.ROOT, "%d.%03d", 3 + index % 37, index * 13));
        }
        var statement = stated(Locale.forLanguageTag(language));
        var pages = picture(documents.pdf(statement), "statement-60-" + language);
        assertThat(pages.count()).isBetween(2, 5);
        assertThat(pages.text()).contains(title + " " + statement.number(), month, rate);
    }

    @Test
    void aNegativeCorrectionSaysWhatItIs() throws IOException {
        long session = home.charged(driver, "2026-10-05T10:00:00Z", "12.345");
        home.charged(driver, "2026-10-20T10:00:00Z", "7.777");
        var original = stated(Locale.GERMAN);
        home.revise(session, "10");
        home.run();
        var correction = home.of(driver).getFirst();

        var german = picture(documents.pdf(correction), "correction-de");
        assertThat(german.text())
                .contains(
                        "Korrektur " + correction.number() + " zu Nachweis " + original.number(),
                        "-2,345",
                        "-0,80 €", // (10 + 7.777)×0.34 = 6.04; 6.04 − 6.84
                        "Die Summe ist negativ");
        var year = documents.pdfResponse(statements.year(driver.id(), 2026), driver, clock.instant());
        assertThat(picture(Objects.requireNonNull(year.getBody()), "statement-year-en")
                        .text())
                .contains("Energy charged at home in 2026", "Correction of " + original.number(), "€6.04");
    }

    @Test
    void theCsvHasTheSameRowsInTwoFlavours() {
        home.charged(driver, "2026-10-05T10:00:00Z", "12.345");
        var statement = stated(Locale.GERMAN);
        var line = statement.lines().getFirst();

        assertThat(new String(documents.csv(statement, CsvStyle.COMMA), StandardCharsets.UTF_8))
                .isEqualTo(
                        "number,corrects,month,session,started_at,ended_at,charger,meter_start_kwh,meter_stop_kwh,basis,"
                                + "kwh,stated_kwh,difference_kwh,rate,stated_rate,rate_kind,amount,currency\r\n"
                                + statement.number() + ",,2026-10," + line.session()
                                + ",2026-10-05T11:00:00+02:00,2026-10-05T12:00:00+02:00," + line.chargerName()
                                + ",0.000,12.345,meter,12.345,,12.345,0.34,,fixed,4.20,EUR\r\n");
        assertThat(new String(documents.csv(statement, CsvStyle.SEMICOLON), StandardCharsets.UTF_8))
                .startsWith("\uFEFFNummer;Korrigiert;Monat;Ladevorgang;Beginn;Ende;Ladestation;")
                .endsWith(";2026-10-05 11:00:00;2026-10-05 12:00:00;" + line.chargerName()
                        + ";0,000;12,345;Zähler;12,345;;12,345;0,34;;vereinbart;4,20;EUR\r\n");
    }

    @Test
    void aCorrectionOfTheRateCanBeCheckedFromItsRow() throws IOException {
        home.charged(driver, "2026-10-05T10:00:00Z", "100");
        stated(Locale.ENGLISH);
        terms.changeOwn(driver.id(), HomeCharging.wish("0.3", Optional.empty()));
        home.run();
        var correction = home.of(driver).getFirst();

        assertThat(new String(documents.csv(correction, CsvStyle.COMMA), StandardCharsets.UTF_8))
                .endsWith(",meter,100.000,100.000,0.000,0.3,0.34,fixed,-4.00,EUR\r\n"); // 100×0.30 − 100×0.34
        assertThat(picture(documents.pdf(correction), "correction-rate-en").text())
                .contains("€0.30", "before: €0.34", "-€4.00");
        var page = portal.signedIn(driver).get("/statements/" + correction.number());
        assertThat(page.body())
                .contains("100.000 kWh × €0.30 − 100.000 kWh × €0.34")
                .doesNotContain("0.000 kWh × €0.30</div>");
        assertThat(portal.withToken(driver)
                        .get("/api/v1/statements/" + correction.number())
                        .body())
                .contains("\"rate\":\"0.3\",\"statedRate\":\"0.34\"");
        assertThat(portal.signedIn(driver).get("/account/data.json").body())
                .contains(
                        "\"vehicle\":\"ID.4\",\"plate\":\"B-PE 123\",\"reference\":\"4711\",\"leftOut\":0",
                        "\"chargeBox\":\"" + correction.lines().getFirst().chargeBoxId() + "\",\"charger\":\"",
                        "\"basis\":\"meter\",\"energyKwh\":\"100.000000\",\"statedKwh\":\"100.000000\",\"rate\":\"0.3\","
                                + "\"statedRate\":\"0.34\",\"rateKind\":\"fixed\"");
    }

    private Statement stated(Locale language) {
        jdbc.sql("update accounts set locale = ? where id = ?")
                .params(language.toLanguageTag(), driver.id().value())
                .update();
        home.atHome(driver, Optional.empty());
        home.run();
        return home.of(driver).getFirst();
    }

    private record Pages(int count, String text) {}

    private static Pages picture(byte[] pdf, String name) throws IOException {
        Files.createDirectories(PICTURES);
        try (var document = Loader.loadPDF(pdf)) {
            var renderer = new PDFRenderer(document);
            for (int page = 0; page < document.getNumberOfPages(); page++) {
                var file = PICTURES.resolve(name + "-" + (page + 1) + ".png").toFile();
                ImageIO.write(renderer.renderImageWithDPI(page, 80), "png", file);
            }
            return new Pages(
                    document.getNumberOfPages(),
                    new PDFTextStripper().getText(document).replace('\u00A0', ' '));
        }
    }
}
