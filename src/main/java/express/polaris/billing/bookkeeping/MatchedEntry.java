package express.polaris.billing.bookkeeping;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Entry of a bank with its verdict.
 *
 * @param numbers invoices that it names, by number
 * @param owed sum of what these invoices ask for
 * @param cancelledBy number of the cancellation, if one of the invoices is cancelled
 * @param replacedBy number of the invoice that takes the place of the cancelled one
 */
public record MatchedEntry(
        BankEntry entry,
        BankVerdict verdict,
        List<String> numbers,
        BigDecimal owed,
        Optional<String> cancelledBy,
        Optional<String> replacedBy) {

    public MatchedEntry {
        numbers = List.copyOf(numbers);
    }
}
