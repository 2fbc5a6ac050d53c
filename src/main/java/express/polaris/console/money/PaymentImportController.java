package express.polaris.console.money;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.billing.bookkeeping.BankVerdict;
import express.polaris.billing.bookkeeping.CsvMapping;
import express.polaris.billing.bookkeeping.MatchedEntry;
import express.polaris.billing.bookkeeping.PaymentImport;
import express.polaris.billing.bookkeeping.PaymentImports;
import express.polaris.console.ConsolePages;
import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.units.Money;
import express.polaris.web.AfterForm;
import express.polaris.web.FieldFaults;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** Marks invoices as paid by a bank's file: shows what each entry would do, then does exactly that. */
@Controller
class PaymentImportController {

    private static final int MOST_ROWS = 500;

    private final PaymentImports imports;
    private final ConsolePages pages;

    PaymentImportController(PaymentImports imports, ConsolePages pages) {
        this.imports = imports;
        this.pages = pages;
    }

    @GetMapping("/operator/payments/import")
    ResponseEntity<byte[]> form(@SignedInAccount Account operator, CsrfToken csrf) {
        return refused(CsvMapping.USUAL, FieldFaults.NONE, HttpStatus.OK, operator, csrf);
    }

    @PostMapping("/operator/payments/import")
    ResponseEntity<byte[]> dryRun(
            @RequestParam(required = false) Optional<MultipartFile> file,
            @ModelAttribute CsvMapping mapping,
            @SignedInAccount Account operator,
            CsrfToken csrf)
            throws IOException {
        var bytes = file.isPresent() ? file.get().getBytes() : new byte[0];
        try {
            return answer(imports.preview(imports.read(bytes, mapping)), mapping, false, operator, csrf);
        } catch (InvalidInput refused) {
            var faults = pages.refusals(operator).faults(refused);
            return refused(mapping, faults, HttpStatus.UNPROCESSABLE_CONTENT, operator, csrf);
        }
    }

    /**
     * @param entries entries of the preview
     * @param expected fingerprint of the preview
     */
    @PostMapping("/operator/payments/import/apply")
    ResponseEntity<byte[]> apply(
            @RequestParam(defaultValue = "") String entries,
            @RequestParam(defaultValue = "") String expected,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        try {
            var file = CarriedBankFile.decode(entries);
            var result = imports.apply(operator.id(), file, Optional.of(expected));
            return answer(result, CsvMapping.USUAL, !result.applied(), operator, csrf);
        } catch (InvalidInput refused) {
            var faults = pages.refusals(operator).faults(refused);
            return refused(CsvMapping.USUAL, faults, HttpStatus.UNPROCESSABLE_CONTENT, operator, csrf);
        }
    }

    private ResponseEntity<byte[]> answer(
            PaymentImport result, CsvMapping mapping, boolean changed, Account operator, CsrfToken csrf) {
        var texts = Texts.of(operator.locale());
        var format = new Format(operator.locale(), operator.timeZone());
        var incoming = result.entries().stream()
                .filter(entry -> entry.verdict() != BankVerdict.OUTGOING)
                .sorted(Comparator.comparing(PaymentImportController::order))
                .toList();
        var rows = incoming.stream()
                .limit(MOST_ROWS)
                .map(entry -> new PaymentImportPage.Row(entry, words(entry, result.applied(), texts, format)))
                .toList();
        var carried = result.applied()
                ? ""
                : CarriedBankFile.encode(
                        result.format(),
                        result.named().stream().map(MatchedEntry::entry).toList());
        var shell = pages.shell(
                operator,
                csrf,
                "nav.console.invoices",
                changed ? Optional.of(AfterForm.refusal(texts.get("console.payments.changed"))) : Optional.empty());
        var page = new PaymentImportPage(
                shell,
                Optional.of(result),
                rows,
                incoming.size() - rows.size(),
                carried,
                changed,
                mapping,
                FieldFaults.NONE);
        return pages.render(changed ? HttpStatus.CONFLICT : HttpStatus.OK, "console/bookkeeping/payments.jte", page);
    }

    private static int order(MatchedEntry entry) {
        return entry.verdict().isPaid() ? 0 : entry.numbers().isEmpty() ? 2 : 1;
    }

    private static String words(MatchedEntry entry, boolean applied, Texts texts, Format format) {
        if (entry.verdict() == BankVerdict.CANCELLED) {
            var by = entry.cancelledBy().orElseThrow();
            return entry.replacedBy()
                    .map(other -> texts.get("console.payments.will.replaced", by, other))
                    .orElseGet(() -> texts.get("console.payments.will.cancelled", by));
        }
        var verdict = entry.verdict().name().toLowerCase(Locale.ROOT);
        var owed = new Money(entry.owed(), entry.entry().currency());
        return texts.get(
                entry.verdict().isPaid() && applied ? "console.payments.was.paid" : "console.payments.will." + verdict,
                format.money(owed));
    }

    private ResponseEntity<byte[]> refused(
            CsvMapping mapping, FieldFaults faults, HttpStatus status, Account operator, CsrfToken csrf) {
        var shell = pages.shell(operator, csrf, "nav.console.invoices");
        var page = new PaymentImportPage(shell, Optional.empty(), List.of(), 0, "", false, mapping, faults);
        return pages.render(status, "console/bookkeeping/payments.jte", page);
    }
}
