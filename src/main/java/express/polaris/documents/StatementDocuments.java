package express.polaris.documents;

import express.polaris.accounts.Account;
import express.polaris.billing.statements.Statement;
import express.polaris.billing.statements.StatementService;
import express.polaris.billing.statements.StatementYear;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/**
 * Employer statements as PDF and CSV, in the statement's language and zone. A statement's PDF is stored when it is first
 * rendered, and served byte for byte from then on.
 */
@Component
public class StatementDocuments {

    public static final String CSV_TYPE = "text/csv;charset=UTF-8";

    private final StatementService statements;
    private final Templates templates;
    private final PdfRenderer renderer;

    StatementDocuments(StatementService statements, Templates templates, PdfRenderer renderer) {
        this.statements = statements;
        this.templates = templates;
        this.renderer = renderer;
    }

    /** Values of the statement's PDF template. */
    public record StatementDocument(Texts texts, Format format, StatementView view) {}

    /** Values of the year's PDF template. */
    public record YearDocument(Texts texts, Format format, StatementYear year, Account driver, Instant now) {}

    /**
     * The statement's PDF. The first call stores it, so it must not be made in a read-only transaction.
     *
     * @param statement with its lines
     */
    public byte[] pdf(Statement statement) {
        return statements
                .pdf(statement.number())
                .orElseGet(() -> statements.keepPdf(statement.number(), render(statement)));
    }

    /** Name of the statement's PDF, in its language. */
    public String pdfName(Statement statement) {
        return Texts.of(statement.locale()).get("employer.fileName", statement.number()) + ".pdf";
    }

    /** Name of the statement's CSV, in its language. */
    public String csvName(Statement statement) {
        return Texts.of(statement.locale()).get("employer.fileName", statement.number()) + ".csv";
    }

    /** The statement as CSV. */
    public byte[] csv(Statement statement, CsvStyle style) {
        return StatementCsv.of(statement, style);
    }

    /** Response with the PDF, which a browser displays inline. */
    public ResponseEntity<byte[]> pdfResponse(Statement statement) {
        return response(pdf(statement), MediaType.APPLICATION_PDF, ContentDisposition.inline(), pdfName(statement));
    }

    /** Response with the CSV, for download. */
    public ResponseEntity<byte[]> csvResponse(Statement statement, CsvStyle style) {
        return response(
                csv(statement, style),
                MediaType.parseMediaType(CSV_TYPE),
                ContentDisposition.attachment(),
                csvName(statement));
    }

    /** Response with the year's summary as PDF, in the reader's language. */
    public ResponseEntity<byte[]> pdfResponse(StatementYear year, Account reader, Instant now) {
        var texts = Texts.of(reader.locale());
        var format = new Format(reader.locale(), reader.timeZone());
        var body = rendered("statements/year-pdf.jte", new YearDocument(texts, format, year, reader, now));
        return response(body, MediaType.APPLICATION_PDF, ContentDisposition.inline(), yearName(year, texts) + ".pdf");
    }

    /** Response with the year's summary as CSV, a row per statement. */
    public ResponseEntity<byte[]> csvResponse(StatementYear year, Account reader, CsvStyle style) {
        var texts = Texts.of(reader.locale());
        return response(
                StatementCsv.of(year, texts, style),
                MediaType.parseMediaType(CSV_TYPE),
                ContentDisposition.attachment(),
                yearName(year, texts) + ".csv");
    }

    private static String yearName(StatementYear year, Texts texts) {
        return texts.get("employer.fileName", Integer.toString(year.year()));
    }

    private byte[] render(Statement statement) {
        var texts = Texts.of(statement.locale());
        var format = new Format(statement.locale(), statement.zone());
        return rendered("statements/pdf.jte", new StatementDocument(texts, format, StatementView.of(statement)));
    }

    private static ResponseEntity<byte[]> response(
            byte[] body, MediaType type, ContentDisposition.Builder disposition, String name) {
        return ResponseEntity.ok()
                .contentType(type)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        disposition.filename(name).build().toString())
                .contentLength(body.length)
                .body(body);
    }

    private byte[] rendered(String template, Object values) {
        return renderer.render(new String(templates.html(template, values), StandardCharsets.UTF_8));
    }
}
