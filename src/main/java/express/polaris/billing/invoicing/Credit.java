package express.polaris.billing.invoicing;

import express.polaris.accounts.AccountId;
import express.polaris.sessions.SessionId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.Optional;

/**
 * Credit, net of VAT, on the driver's next invoice.
 *
 * @param amount above zero, with the currency's fraction digits
 * @param invoice number of the invoice that contains it
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
