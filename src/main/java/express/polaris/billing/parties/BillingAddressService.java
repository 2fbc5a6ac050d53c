package express.polaris.billing.parties;

import express.polaris.accounts.AccountId;
import express.polaris.accounts.AuditLog;
import express.polaris.platform.refusals.InvalidInput;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Drivers' billing addresses. The caller has checked that the driver exists and may be changed. */
@Service
public class BillingAddressService {

    private final BillingAddressRepository repository;
    private final AuditLog audit;
    private final Clock clock;

    BillingAddressService(BillingAddressRepository repository, AuditLog audit, Clock clock) {
        this.repository = repository;
        this.audit = audit;
        this.clock = clock;
    }

    /** Returns the driver's billing address; without one, invoices bear the account's name and no address. */
    public Optional<BillingAddress> find(AccountId driver) {
        return repository.find(driver);
    }

    /**
     * Replaces the driver's billing address, or removes it if nothing is typed.
     *
     * @throws InvalidInput with all faults
     */
    @Transactional
    public Optional<BillingAddress> save(AccountId driver, WantedBillingAddress wanted) {
        if (wanted.isBlank()) {
            repository.delete(driver);
            return Optional.empty();
        }
        var address = PartyReader.billingAddress(wanted);
        repository.save(driver, address, clock.instant().truncatedTo(ChronoUnit.MICROS));
        return Optional.of(address);
    }

    /**
     * Like {@link #save(AccountId, WantedBillingAddress)}, for an operator, with an entry in the audit log. The entry
     * does not repeat the address, because it stays when the account is deleted.
     */
    @Transactional
    public Optional<BillingAddress> save(AccountId operator, AccountId driver, WantedBillingAddress wanted) {
        var saved = save(driver, wanted);
        audit.record(
                Optional.of(operator), "billing-address.save", "account " + driver, Map.of("removed", saved.isEmpty()));
        return saved;
    }
}
