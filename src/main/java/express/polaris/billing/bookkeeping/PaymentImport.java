package express.polaris.billing.bookkeeping;

import java.util.List;
import java.util.stream.Stream;

/**
 * Result of an import of payments, or of its dry run.
 *
 * @param applied whether the invoices were marked as paid
 * @param entries all entries of the file, in its order
 */
public record PaymentImport(boolean applied, BankFile.Format format, List<MatchedEntry> entries) {

    public PaymentImport {
        entries = List.copyOf(entries);
    }

    /** The entries that name an invoice. */
    public List<MatchedEntry> named() {
        return entries.stream().filter(entry -> !entry.numbers().isEmpty()).toList();
    }

    public long count(BankVerdict verdict) {
        return entries.stream().filter(entry -> entry.verdict() == verdict).count();
    }

    /** Text that is the same exactly if the same entries pay the same invoices. */
    public String fingerprint() {
        return BankEntryKeys.hash(entries.stream()
                .filter(entry -> entry.verdict().isPaid())
                .flatMap(entry -> Stream.concat(Stream.of(entry.entry().key()), entry.numbers().stream()))
                .toArray());
    }
}
