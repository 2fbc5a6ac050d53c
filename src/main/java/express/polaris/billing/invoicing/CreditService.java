package express.polaris.billing.invoicing;

import express.polaris.accounts.AccountId;
import express.polaris.accounts.AccountReason;
import express.polaris.billing.plans.BillingReason;
import express.polaris.billing.plans.SubscriptionRepository;
import express.polaris.platform.refusals.FaultCollector;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.settings.Settings;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionService;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Credits granted by operators. The caller has authorized the operator and writes the audit log. */
@Service
public class CreditService {

    private static final int MOST_DIGITS = 9;
    private static final int LONGEST_REASON = 500;

    private final CreditRepository repository;
    private final SubscriptionRepository subscriptions;
    private final SessionService sessions;
    private final Currency currency;
    private final Clock clock;

    CreditService(
            CreditRepository repository,
            SubscriptionRepository subscriptions,
            SessionService sessions,
            Settings settings,
            Clock clock) {
        this.repository = repository;
        this.subscriptions = subscriptions;
        this.sessions = sessions;
        this.currency = settings.currency();
        this.clock = clock;
    }

    /**
     * Grants a credit in the currency of the driver's latest plan. It is on the next invoice, or on an invoice of its
     * own if none follows within 31 days.
     *
     * @param amount a decimal number above zero, without VAT
     * @param session the driver's session that the credit is for
     * @throws InvalidInput with all faults
     */
    @Transactional
    public Credit grant(
            AccountId driver, String amount, String reason, Optional<SessionId> session, AccountId grantedBy) {
        var faults = new FaultCollector();
        if (!subscriptions.isDriver(driver)) {
            faults.add("driverId", AccountReason.noDriver(driver));
        }
        var all = subscriptions.of(driver);
        var own = all.isEmpty() ? currency : all.getLast().plan().currency();
        int digits = own.getDefaultFractionDigits();
        var value =
                amount.matches("\\d{1," + MOST_DIGITS + "}(\\.\\d{1,9})?") ? new BigDecimal(amount) : BigDecimal.ZERO;
        if (value.signum() <= 0 || value.stripTrailingZeros().scale() > digits) {
            faults.add("amount", BillingReason.AMOUNT.with(digits));
        }
        if (reason.isBlank() || reason.strip().length() > LONGEST_REASON) {
            faults.add("reason", BillingReason.TEXT.with(LONGEST_REASON));
        }
        if (session.filter(id -> sessions.find(id, driver).isEmpty()).isPresent()) {
            faults.add("sessionId", BillingReason.SESSION.with());
        }
        faults.throwIfAny();
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var credit = new Credit(0, driver, value.setScale(digits), own, reason.strip(), session, now, Optional.empty());
        long id = repository.insert(credit, grantedBy);
        return new Credit(id, driver, credit.amount(), own, credit.reason(), session, now, Optional.empty());
    }

    /**
     * Lists all drivers' credits, latest first.
     *
     * @param before id of the previous page's last credit; empty for the first page
     */
    public List<Credit> page(Optional<Long> before, int limit) {
        return repository.page(before, limit);
    }

    /** Lists a driver's credits, latest first. */
    public List<Credit> of(AccountId driver) {
        return repository.of(driver);
    }
}
