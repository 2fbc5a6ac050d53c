package express.polaris.api;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.billing.statements.Statement;
import express.polaris.billing.statements.StatementNumber;
import express.polaris.billing.statements.StatementService;
import express.polaris.documents.CsvStyle;
import express.polaris.documents.StatementDocuments;
import express.polaris.platform.refusals.BadParameter;
import express.polaris.platform.refusals.NotFound;
import express.polaris.web.WithoutSnapshot;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Clock;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The driver's employer statements. */
@RestController
@RequestMapping("/api/v1/statements")
class StatementsApi {

    private static final String CSV = "text/csv";

    private final StatementService statements;
    private final StatementDocuments documents;
    private final Clock clock;

    StatementsApi(StatementService statements, StatementDocuments documents, Clock clock) {
        this.statements = statements;
        this.documents = documents;
        this.clock = clock;
    }

    /** Last drawn up first. */
    @GetMapping
    @Operation(summary = "Your employer statements, last drawn up first")
    CursorPage<StatementJson> list(
            @RequestParam Optional<String> cursor,
            @RequestParam Optional<String> limit,
            @SignedInAccount Account driver) {
        int most = CursorPage.limit(limit);
        var before = CursorPage.keyIn(cursor).flatMap(StatementNumber::parse);
        var found = statements.page(driver.id(), before, most + 1);
        return CursorPage.byKey(
                found, found.stream().map(StatementJson::withoutLines).toList(), most, Statement::number);
    }

    @GetMapping("/{number}")
    @Operation(summary = "One employer statement with its lines")
    StatementJson statement(@PathVariable String number, @SignedInAccount Account driver) {
        return StatementJson.of(own(number, driver));
    }

    /** Stored when it is first rendered, so it needs a connection that may write. */
    @WithoutSnapshot
    @GetMapping(
            path = "/{number}.pdf",
            produces = {MediaType.APPLICATION_PDF_VALUE, MediaType.ALL_VALUE})
    @Operation(summary = "One employer statement as PDF", description = "The same bytes every time.")
    ResponseEntity<byte[]> pdf(@PathVariable String number, @SignedInAccount Account driver) {
        return documents.pdfResponse(own(number, driver));
    }

    @GetMapping(
            path = "/{number}.csv",
            produces = {CSV, MediaType.ALL_VALUE})
    @Operation(
            summary = "One employer statement as CSV",
            description =
                    "`separator` is `comma` (decimal point; default) or `semicolon` (decimal comma, for spreadsheet"
                            + " programs that expect it).")
    ResponseEntity<byte[]> csv(
            @PathVariable String number, @RequestParam Optional<String> separator, @SignedInAccount Account driver) {
        return documents.csvResponse(own(number, driver), style(separator));
    }

    @GetMapping(
            path = "/years/{year}.pdf",
            produces = {MediaType.APPLICATION_PDF_VALUE, MediaType.ALL_VALUE})
    @Operation(summary = "A year's employer statements, added up, as PDF")
    ResponseEntity<byte[]> yearPdf(@PathVariable String year, @SignedInAccount Account driver) {
        return documents.pdfResponse(statements.year(driver.id(), year(year)), driver, clock.instant());
    }

    @GetMapping(
            path = "/years/{year}.csv",
            produces = {CSV, MediaType.ALL_VALUE})
    @Operation(summary = "A year's employer statements, a row each, as CSV")
    ResponseEntity<byte[]> yearCsv(
            @PathVariable String year, @RequestParam Optional<String> separator, @SignedInAccount Account driver) {
        return documents.csvResponse(statements.year(driver.id(), year(year)), driver, style(separator));
    }

    static CsvStyle style(Optional<String> separator) {
        return CsvStyle.parse(separator.orElse("comma"))
                .orElseThrow(() -> new BadParameter("separator", "comma or semicolon"));
    }

    private static int year(String text) {
        if (!text.matches("[12]\\d{3}")) {
            throw new NotFound();
        }
        return Integer.parseInt(text);
    }

    private Statement own(String number, Account driver) {
        return statements.find(number, driver.id()).orElseThrow(NotFound::new);
    }
}
