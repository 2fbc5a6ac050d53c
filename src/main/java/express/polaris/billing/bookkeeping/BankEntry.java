package express.polaris.billing.bookkeeping;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;

/**
 * Entry of a bank statement.
 *
 * @param key the same for the same entry in any file
 * @param amount above zero for money that came in
 * @param remittance what the payer wrote, with structured references
 * @param state whether it can pay an invoice
 */
public record BankEntry(
        String key, LocalDate bookedOn, BigDecimal amount, Currency currency, String remittance, State state) {

    /** State of an entry. */
    public enum State {
        BOOKED,
        /** Not booked yet. */
        PENDING,
        /** Takes back an earlier entry. */
        REVERSAL
    }

    boolean isIncoming() {
        return amount.signum() > 0;
    }
}
