package express.polaris.billing.bookkeeping;

import express.polaris.accounts.AccountId;
import express.polaris.accounts.AuditLog;
import express.polaris.billing.invoicing.Invoice;
import express.polaris.billing.invoicing.InvoiceJournal;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.settings.Settings;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Marks invoices as paid that a bank's file shows payments for. An import is one transaction and one entry of the audit
 * log. Safe on several nodes: the invoices are locked before they are compared, and an entry of the bank counts once.
 */
@Service
public class PaymentImports {

    private final InvoiceJournal invoices;
    private final BankEntryRepository entries;
    private final AuditLog audit;
    private final ZoneId zone;
    private final Currency currency;
    private final Clock clock;

    PaymentImports(
            InvoiceJournal invoices, BankEntryRepository entries, AuditLog audit, Settings settings, Clock clock) {
        this.invoices = invoices;
        this.entries = entries;
        this.audit = audit;
        this.zone = settings.timeZone();
        this.currency = settings.currency();
        this.clock = clock;
    }

    /**
     * Reads a bank's file: camt.053, or CSV.
     *
     * @param mapping columns of a CSV
     * @throws InvalidInput if it cannot be read, with all faults
     */
    public BankFile read(byte[] file, CsvMapping mapping) {
        if (file.length == 0) {
            throw InvalidInput.of("file", BookkeepingReason.NO_FILE.with());
        }
        if (file.length > BankFile.LARGEST) {
            throw InvalidInput.of("file", BookkeepingReason.TOO_LARGE.with(BankFile.LARGEST / 1024 / 1024));
        }
        boolean xml = isXml(file);
        var read = BankEntryKeys.complete(xml ? Camt053Reader.read(file) : BankCsvReader.read(file, mapping, currency));
        if (read.isEmpty()) {
            throw InvalidInput.of("file", BookkeepingReason.NO_ENTRIES.with());
        }
        return new BankFile(xml ? BankFile.Format.CAMT : BankFile.Format.CSV, read);
    }

    private static boolean isXml(byte[] file) {
        for (byte one : file) {
            boolean skipped = one == 0 || one == ' ' || one == '\n' || one == '\r' || one == '\t' || one < 0;
            if (!skipped) {
                return one == '<';
            }
        }
        return false;
    }

    /** Returns what the import of this file would do. */
    @Transactional(readOnly = true)
    public PaymentImport preview(BankFile file) {
        return new PaymentImport(false, file.format(), match(file, false));
    }

    /**
     * Marks the invoices as paid, each on the booking date.
     *
     * @param expected fingerprint of the preview; if the same entries do not pay the same invoices any more, nothing is
     *     done
     */
    @Transactional
    public PaymentImport apply(AccountId operator, BankFile file, Optional<String> expected) {
        var matched = new PaymentImport(true, file.format(), match(file, true));
        if (expected.filter(text -> !text.equals(matched.fingerprint())).isPresent()) {
            return new PaymentImport(false, file.format(), matched.entries());
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var paid = new HashMap<String, Instant>();
        for (var entry : matched.entries()) {
            if (entry.verdict().isPaid()) {
                entry.numbers()
                        .forEach(number -> paid.put(number, paidAt(entry.entry().bookedOn(), now)));
            }
        }
        invoices.markPaid(paid);
        long id = entries.begin(operator, file.format(), paid.size(), now);
        entries.keep(
                id,
                matched.named().stream()
                        .filter(entry -> entry.verdict() != BankVerdict.SEEN)
                        .toList());
        audit.record(
                Optional.of(operator),
                "payments.import",
                "bank import " + id,
                Map.of(
                        "format",
                        file.format().code(),
                        "entries",
                        matched.entries().size(),
                        "paid",
                        paid.size()));
        return matched;
    }

    private List<MatchedEntry> match(BankFile file, boolean locked) {
        var lengths = invoices.bareLengths();
        var candidates = new TreeSet<String>();
        file.entries().forEach(entry -> candidates.addAll(InvoiceNumberText.candidates(entry.remittance(), lengths)));
        var found = invoices.byBareNumbers(candidates, locked);
        var cancelled = found.values().stream()
                .filter(invoice -> invoice.cancelledBy().isPresent())
                .map(Invoice::number)
                .toList();
        var seen = entries.paid(file.entries().stream().map(BankEntry::key).toList());
        return new PaymentMatching(found, invoices.replacements(cancelled), lengths, seen, today())
                .match(file.entries());
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), zone);
    }

    /** Noon of the booking date in the installation's time zone; now, if that is today. */
    private Instant paidAt(LocalDate bookedOn, Instant now) {
        return bookedOn.equals(today())
                ? now
                : bookedOn.atTime(LocalTime.NOON).atZone(zone).toInstant();
    }
}
