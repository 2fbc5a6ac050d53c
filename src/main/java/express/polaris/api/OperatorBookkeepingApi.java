package express.polaris.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.billing.bookkeeping.BankVerdict;
import express.polaris.billing.bookkeeping.CsvMapping;
import express.polaris.billing.bookkeeping.MatchedEntry;
import express.polaris.billing.bookkeeping.PaymentImport;
import express.polaris.billing.bookkeeping.PaymentImports;
import express.polaris.documents.BookkeepingExports.Kind;
import express.polaris.documents.BookkeepingExports.Wanted;
import express.polaris.web.views.BookkeepingDownload;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Exports for bookkeeping, and the import of payments, for operators. */
@RestController
@RequestMapping("/api/v1/operator")
class OperatorBookkeepingApi {

    private final BookkeepingDownload downloads;
    private final PaymentImports payments;

    OperatorBookkeepingApi(BookkeepingDownload downloads, PaymentImports payments) {
        this.downloads = downloads;
        this.payments = payments;
    }

    /**
     * @param outcome {@code paid} (in a dry run: would be), or why the invoices were left alone
     * @param invoices numbers that it names
     * @param owed what these invoices ask for
     * @param cancelledBy number of the cancellation, if one of the invoices is cancelled
     * @param replacedBy number of the invoice that takes the place of the cancelled one
     */
    record ImportedPayment(
            LocalDate bookedOn,
            BigDecimal amount,
            String currency,
            String remittance,
            String outcome,
            List<String> invoices,
            BigDecimal owed,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> cancelledBy,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> replacedBy) {

        static ImportedPayment of(MatchedEntry matched) {
            var entry = matched.entry();
            return new ImportedPayment(
                    entry.bookedOn(),
                    entry.amount(),
                    entry.currency().getCurrencyCode(),
                    entry.remittance(),
                    matched.verdict().name().toLowerCase(Locale.ROOT),
                    matched.numbers(),
                    matched.owed(),
                    matched.cancelledBy(),
                    matched.replacedBy());
        }
    }

    /**
     * @param format {@code csv} or {@code camt.053}
     * @param entries number of entries in the file
     * @param paid number of entries that pay invoices
     * @param payments incoming entries, in the order of the file
     */
    record PaymentImportDone(boolean dryRun, String format, int entries, long paid, List<ImportedPayment> payments) {

        static PaymentImportDone of(PaymentImport result) {
            return new PaymentImportDone(
                    !result.applied(),
                    result.format().code(),
                    result.entries().size(),
                    result.count(BankVerdict.PAID),
                    result.entries().stream()
                            .filter(entry -> entry.verdict() != BankVerdict.OUTGOING)
                            .map(ImportedPayment::of)
                            .toList());
        }
    }

    @GetMapping("/bookkeeping/invoices.csv")
    @Operation(
            summary = "Invoices of a period as a table, earliest first",
            description = "`from` and `until` are days; `by` is `issued` (default) or `paid`.")
    @CsvResponse
    void invoices(
            @RequestParam Optional<String> from,
            @RequestParam Optional<String> until,
            @RequestParam Optional<String> by,
            HttpServletResponse response)
            throws IOException {
        downloads.send(Kind.INVOICES, wanted(from, until, by), response);
    }

    @GetMapping("/bookkeeping/payments.csv")
    @Operation(summary = "Invoices that were paid in a period as a table, by the day of payment")
    @CsvResponse
    void payments(
            @RequestParam Optional<String> from, @RequestParam Optional<String> until, HttpServletResponse response)
            throws IOException {
        downloads.send(Kind.PAYMENTS, wanted(from, until, Optional.empty()), response);
    }

    @GetMapping("/bookkeeping/datev.csv")
    @Operation(
            summary = "Invoices or payments of a period as bookings for DATEV",
            description = "EXTF 700, category 21, version 13, in Windows-1252; for the installation's currency. `by` is"
                    + " `issued` (default: debtor to revenue) or `paid` (bank to debtor). 422 if account numbers are"
                    + " missing, or if the days are of two business years.")
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = "text/csv", schema = @Schema(type = "string")),
            description = "DATEV format, Windows-1252")
    void datev(
            @RequestParam Optional<String> from,
            @RequestParam Optional<String> until,
            @RequestParam Optional<String> by,
            HttpServletResponse response)
            throws IOException {
        downloads.send(Kind.DATEV, wanted(from, until, by), response);
    }

    @PostMapping("/payments/import")
    @Operation(
            summary = "Mark invoices as paid by a bank's file",
            description = "The body is the file: camt.053 (versions 02 to 08) or CSV, at most 15 MB. Unless `dryRun` is"
                    + " `false`, it only answers what would be done. The other parameters name the columns of a CSV;"
                    + " without them they are found by the usual German and English names. `dateOrder` is `day_first` or"
                    + " `month_first`; it is needed only if days like 02/05/2026 can be read both ways.")
    PaymentImportDone importPayments(
            @RequestBody(required = false) Optional<byte[]> file,
            @RequestParam(defaultValue = "true") boolean dryRun,
            @RequestParam(defaultValue = "") String dateColumn,
            @RequestParam(defaultValue = "") String amountColumn,
            @RequestParam(defaultValue = "") String currencyColumn,
            @RequestParam(defaultValue = "") String textColumn,
            @RequestParam(defaultValue = "") String dateOrder,
            @SignedInAccount Account operator) {
        var mapping = new CsvMapping(dateColumn, amountColumn, currencyColumn, textColumn, dateOrder);
        var read = payments.read(file.orElse(new byte[0]), mapping);
        return PaymentImportDone.of(
                dryRun ? payments.preview(read) : payments.apply(operator.id(), read, Optional.empty()));
    }

    private static Wanted wanted(Optional<String> from, Optional<String> until, Optional<String> by) {
        return new Wanted(from.orElse(""), until.orElse(""), by.orElse(""));
    }
}
