package express.polaris.documents;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.billing.invoicing.Invoice;
import express.polaris.billing.invoicing.InvoiceLine;
import express.polaris.testing.ApplicationTest;
import express.polaris.units.Money;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mustangproject.validator.ZUGFeRDValidator;
import org.springframework.context.ApplicationContext;
import org.w3c.dom.Document;

/**
 * Every kind of invoice as PDF and XML, checked by the validator of the norm without network. The files and images of
 * their pages are in {@code target/documents}.
 */
@ApplicationTest
class EInvoiceTest {

    private static final Path OUT = Path.of("target/documents");
    private static final Instant MADE = Instant.parse("2026-06-01T06:00:00Z");
    private static final int SHOWN_PAGES = 2;

    private final InvoicePdf pdf;

    EInvoiceTest(ApplicationContext context) {
        this.pdf = context.getBean(InvoicePdf.class);
    }

    record Sample(String name, Invoice invoice, Locale locale) {
        @Override
        public String toString() {
            return name + "-" + locale.getLanguage();
        }
    }

    /** In both languages, but for the long one, whose many tags take the validator seconds. */
    static Stream<Sample> samples() {
        return SampleInvoices.all().entrySet().stream()
                .flatMap(entry -> Stream.of(Locale.GERMANY, Locale.ENGLISH)
                        .filter(locale ->
                                locale == Locale.GERMANY || !entry.getKey().equals(SampleInvoices.LONG))
                        .map(locale -> new Sample(entry.getKey(), entry.getValue(), locale)));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void pdfAndXmlAreValidAndAgreeWithTheInvoiceToTheCent(Sample sample) throws Exception {
        var invoice = sample.invoice();
        var format = new Format(sample.locale(), ZoneId.of("Europe/Berlin"));
        var documents = pdf.of(invoice, format, MADE);
        Files.createDirectories(OUT);
        var paper = Files.write(OUT.resolve(sample + ".pdf"), documents.pdf());
        var alone = Files.write(OUT.resolve(sample + ".xml"), documents.xml().orElseThrow());

        try (var document = Loader.loadPDF(documents.pdf())) {
            draw(document, sample.toString());
            var text = new PDFTextStripper().getText(document);
            assertThat(text).contains(format.money(money(invoice.total(), invoice)), invoice.number());
            if (invoice.vatRate().signum() != 0) {
                assertThat(text)
                        .contains(
                                format.money(money(invoice.net(), invoice)),
                                format.money(money(invoice.vat(), invoice)));
            }
            invoice.cancellation()
                    .ifPresent(cancelled -> assertThat(text)
                            .contains(invoice.cancels().orElseThrow() + " ", format.date(cancelled.issuedOn()))
                            .doesNotContain(cancelled.reason().orElseThrow()));
            for (var line : invoice.lines()) {
                assertThat(text).contains(format.money(money(line.amount(), invoice)));
            }
            addsUp(parsed(embedded(document)), invoice);
        }
        addsUp(parsed(documents.xml().orElseThrow()), invoice);
        for (var file : List.of(paper, alone)) {
            var validator = new ZUGFeRDValidator();
            var report = validator.validate(file.toString());
            System.out.println(
                    file.getFileName() + ": " + (validator.wasCompletelyValid() ? "valid" : "invalid\n" + report));
            assertThat(validator.wasCompletelyValid()).as(report).isTrue();
            assertThat(report).doesNotContain("<warning", "<error");
        }
    }

    private static void addsUp(Document xml, Invoice invoice) {
        boolean credit = texts(xml, "TypeCode").getFirst().equals("381");
        assertThat(credit).isEqualTo(invoice.kind() == Invoice.Kind.ADJUSTMENT && invoice.isCreditNote());
        var sign = credit ? BigDecimal.ONE.negate() : BigDecimal.ONE;
        var counted = invoice.lines().stream()
                .filter(line -> line.kind().counts())
                .map(InvoiceLine::amount)
                .map(sign::multiply)
                .toList();
        var amounts =
                texts(xml, "LineTotalAmount").stream().map(BigDecimal::new).toList();
        assertThat(amounts.subList(0, counted.size())).isEqualTo(counted);
        assertThat(amounts.getLast()).isEqualTo(sign.multiply(invoice.net()));
        assertThat(texts(xml, "TaxTotalAmount"))
                .containsExactly(sign.multiply(invoice.vat()).toPlainString());
        assertThat(texts(xml, "GrandTotalAmount"))
                .containsExactly(sign.multiply(invoice.total()).toPlainString());
        assertThat(texts(xml, "DuePayableAmount"))
                .containsExactly(sign.multiply(invoice.total()).toPlainString());
        var prices = texts(xml, "ChargeAmount").stream().map(BigDecimal::new).toList();
        assertThat(prices).hasSameSizeAs(counted).allMatch(price -> price.signum() >= 0);
        var quantities =
                texts(xml, "BilledQuantity").stream().map(BigDecimal::new).toList();
        for (int i = 0; i < counted.size(); i++) {
            assertThat(money(prices.get(i).multiply(quantities.get(i)), invoice).rounded())
                    .isEqualTo(money(counted.get(i), invoice));
        }
    }

    private static Money money(BigDecimal amount, Invoice invoice) {
        return new Money(amount, invoice.currency());
    }

    private static List<String> texts(Document xml, String name) {
        var found = xml.getElementsByTagNameNS("*", name);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> found.item(i).getTextContent())
                .toList();
    }

    private static Document parsed(byte[] xml) throws Exception {
        var factory = DocumentBuilderFactory.newDefaultNSInstance();
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml));
    }

    private static byte[] embedded(PDDocument document) throws IOException {
        var files = document.getDocumentCatalog().getNames().getEmbeddedFiles().getNames();
        assertThat(files).containsOnlyKeys("factur-x.xml");
        return Objects.requireNonNull(files.get("factur-x.xml"))
                .getEmbeddedFile()
                .toByteArray();
    }

    private static void draw(PDDocument document, String name) throws IOException {
        var renderer = new PDFRenderer(document);
        for (int page = 0; page < Math.min(SHOWN_PAGES, document.getNumberOfPages()); page++) {
            ImageIO.write(
                    renderer.renderImageWithDPI(page, 80),
                    "png",
                    OUT.resolve(name + "-" + (page + 1) + ".png").toFile());
        }
    }
}
