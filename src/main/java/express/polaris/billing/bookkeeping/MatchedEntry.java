package express.polaris.billing.bookkeeping;

import java.math.BigDecimal;
import java.util.List;

/**
 * Entry of a bank with its verdict.
 *
 * @param numbers invoices that it names, by number
 * @param owed sum of what these invoices ask for
 */
public record MatchedEntry(BankEntry entry, BankVerdict verdict, List<String> numbers, BigDecimal owed) {

    public MatchedEntry {
        numbers = List.copyOf(numbers);
    }
}
