package express.polaris.billing.bookkeeping;

import express.polaris.billing.invoicing.Invoice;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides for each entry of a bank whether it pays the invoices that it names: pure. */
final class PaymentMatching {

    private final Map<String, Invoice> invoices;
    private final Map<String, String> replacements;
    private final Set<Integer> lengths;
    private final Set<String> seen;
    private final LocalDate today;
    private final Set<String> paidNow = new HashSet<>();

    /**
     * @param invoices by the letters and digits of their numbers
     * @param replacements numbers of the invoices that replace cancelled ones, by the numbers of these
     * @param lengths numbers of letters and digits that invoice numbers have
     * @param seen keys of entries that have marked invoices as paid
     * @param today in the installation's time zone
     */
    PaymentMatching(
            Map<String, Invoice> invoices,
            Map<String, String> replacements,
            Set<Integer> lengths,
            Set<String> seen,
            LocalDate today) {
        this.invoices = invoices;
        this.replacements = replacements;
        this.lengths = lengths;
        this.seen = seen;
        this.today = today;
    }

    /** Matches the entries in their order: of two that would pay the same invoice, the first does. */
    List<MatchedEntry> match(List<BankEntry> entries) {
        return entries.stream().map(this::match).toList();
    }

    private MatchedEntry match(BankEntry entry) {
        var named = new ArrayList<Invoice>();
        for (var candidate : InvoiceNumberText.candidates(entry.remittance(), lengths)) {
            var invoice = invoices.get(candidate);
            if (invoice != null && !named.contains(invoice)) {
                named.add(invoice);
            }
        }
        var owed = named.stream().map(Invoice::total).reduce(BigDecimal.ZERO, BigDecimal::add);
        var verdict = verdict(entry, named, owed);
        if (verdict.isPaid()) {
            named.forEach(invoice -> paidNow.add(invoice.number()));
        }
        var cancelled = named.stream().filter(PaymentMatching::isCancelled).findFirst();
        return new MatchedEntry(
                entry,
                verdict,
                named.stream().map(Invoice::number).toList(),
                owed,
                cancelled.flatMap(Invoice::cancelledBy),
                cancelled.flatMap(invoice -> Optional.ofNullable(replacements.get(invoice.number()))));
    }

    private static boolean isCancelled(Invoice invoice) {
        return invoice.cancelledBy().isPresent();
    }

    private BankVerdict verdict(BankEntry entry, List<Invoice> named, BigDecimal owed) {
        if (seen.contains(entry.key())) {
            return BankVerdict.SEEN;
        }
        if (!entry.isIncoming() || entry.state() == BankEntry.State.REVERSAL) {
            return BankVerdict.OUTGOING;
        }
        if (named.isEmpty()) {
            return BankVerdict.NO_NUMBER;
        }
        if (entry.state() == BankEntry.State.PENDING) {
            return BankVerdict.PENDING;
        }
        if (named.stream().anyMatch(PaymentMatching::isCancelled)) {
            return BankVerdict.CANCELLED;
        }
        if (named.stream().anyMatch(invoice -> invoice.isPaid() || paidNow.contains(invoice.number()))) {
            return BankVerdict.ALREADY_PAID;
        }
        if (named.stream().anyMatch(invoice -> !invoice.asksForPayment())) {
            return BankVerdict.NOTHING_TO_PAY;
        }
        if (named.stream().anyMatch(invoice -> !invoice.currency().equals(entry.currency()))) {
            return BankVerdict.OTHER_CURRENCY;
        }
        int difference = entry.amount().compareTo(owed);
        if (difference != 0) {
            return difference < 0 ? BankVerdict.TOO_LITTLE : BankVerdict.TOO_MUCH;
        }
        if (entry.bookedOn().isAfter(today)) {
            return BankVerdict.IN_FUTURE;
        }
        return named.stream().anyMatch(invoice -> entry.bookedOn().isBefore(invoice.issuedOn()))
                ? BankVerdict.BEFORE_ISSUE
                : BankVerdict.PAID;
    }
}
