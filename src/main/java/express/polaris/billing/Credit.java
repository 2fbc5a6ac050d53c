package express.polaris.billing;

import express.polaris.accounts.AccountId;
import express.polaris.sessions.SessionId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.Optional;

/**
 * Money given back, without VAT, on the driver's next invoice.
 *
 * @param amount above zero, at the currency's own digits
 * @param invoice the number of the invoice that has it
 */
public record Credit(
        long id,
        AccountId driver,
        BigDecimal amount,
        Currency currency,
        String reason,
        Optional<SessionId> session,
        Instant createdAt,
        Optional<String> invoice) {}
