package express.polaris.console.money;

import express.polaris.billing.bookkeeping.BankVerdict;
import express.polaris.billing.bookkeeping.CsvMapping;
import express.polaris.billing.bookkeeping.DateOrder;
import express.polaris.billing.bookkeeping.MatchedEntry;
import express.polaris.billing.bookkeeping.PaymentImport;
import express.polaris.units.Money;
import express.polaris.web.FieldFaults;
import express.polaris.web.Shell;
import java.util.List;
import java.util.Optional;

/**
 * Page {@code /operator/payments/import}.
 *
 * @param result of the import or its preview; empty before a file was chosen
 * @param rows entries to list: those that pay, those that name an invoice, other incoming ones
 * @param more number of entries that are not listed
 * @param carried the entries, for the confirmation
 * @param changed whether the import was not done because something had changed since the preview
 */
public record PaymentImportPage(
        Shell shell,
        Optional<PaymentImport> result,
        List<Row> rows,
        int more,
        String carried,
        boolean changed,
        CsvMapping mapping,
        FieldFaults faults) {

    /**
     * @param words the verdict in the reader's language
     */
    public record Row(MatchedEntry matched, String words) {

        public Money amount() {
            return new Money(matched.entry().amount(), matched.entry().currency());
        }

        public boolean isPaid() {
            return matched.verdict() == BankVerdict.PAID;
        }

        public boolean isSeen() {
            return matched.verdict() == BankVerdict.SEEN;
        }
    }

    /** Text key of an order of day and month. */
    public static String key(DateOrder order) {
        return "console.payments.order." + order.name();
    }

    public boolean isApplied() {
        return result.map(PaymentImport::applied).orElse(false);
    }

    public long paid() {
        return result.map(it -> it.count(BankVerdict.PAID)).orElse(0L);
    }

    /** Number of entries that name an invoice and leave it alone. */
    public long leftAlone() {
        return result.map(it -> it.named().size() - it.count(BankVerdict.PAID)).orElse(0L);
    }

    /** Number of entries that name no invoice. */
    public long others() {
        return result.map(it -> (long) it.entries().size() - it.named().size()).orElse(0L);
    }
}
