package express.polaris.billing.parties;

import express.polaris.accounts.AccountId;
import express.polaris.accounts.AuditLog;
import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.refusals.InvalidInput;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who issues invoices. A change is a new version; an invoice keeps the one that it was finalized with. */
@Service
public class IssuerService {

    private final IssuerRepository repository;
    private final AuditLog audit;
    private final Clock clock;

    IssuerService(IssuerRepository repository, AuditLog audit, Clock clock) {
        this.repository = repository;
        this.audit = audit;
        this.clock = clock;
    }

    /** Returns the version that new invoices get; empty while nobody has saved an issuer. */
    public Optional<IssuerVersion> current() {
        return repository.latest();
    }

    /** Lists all versions, latest first. */
    public List<IssuerVersion> history() {
        return repository.all();
    }

    /** Returns saved issuers by version. */
    public Map<Integer, Issuer> versions(Collection<Integer> versions) {
        return versions.isEmpty() ? Map.of() : repository.versions(versions);
    }

    /** Returns the pattern of the next invoice numbers. */
    public NumberFormat numberFormat() {
        return repository
                .latest()
                .map(latest -> NumberFormat.of(latest.issuer().numberFormat()))
                .orElse(NumberFormat.USUAL);
    }

    /**
     * Saves a version with an entry in the audit log; without a difference to the current one, nothing happens.
     *
     * @throws InvalidInput with all faults
     * @throws Conflict if another operator saves at the same time
     */
    @Transactional
    public IssuerVersion save(AccountId operator, WantedIssuer wanted) {
        var current = repository.latest();
        int number = current.map(latest -> latest.issuer().version()).orElse(0);
        var same = PartyReader.issuer(wanted, number);
        if (current.filter(latest -> latest.issuer().equals(same.issuer())
                        && latest.reminderAfterDays().equals(same.reminderAfterDays()))
                .isPresent()) {
            return current.get();
        }
        var read = PartyReader.issuer(wanted, number + 1);
        var saved = new IssuerVersion(
                read.issuer(),
                read.reminderAfterDays(),
                operator,
                clock.instant().truncatedTo(ChronoUnit.MICROS));
        try {
            repository.insert(saved);
        } catch (DuplicateKeyException e) {
            throw new Conflict(PartyReason.SAVED_MEANWHILE.with());
        }
        audit.record(
                Optional.of(operator),
                "issuer.save",
                "issuer " + read.issuer().version(),
                Map.of("legalName", read.issuer().legalName()));
        return saved;
    }
}
