package express.polaris.billing;

import express.polaris.billing.BillingOutcome.Done;
import express.polaris.billing.BillingOutcome.Invalid;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The plans, each saved version of them. Whoever calls has established who asks, and writes the audit log. */
@Service
public class Plans {

    private final PlanRepository repository;
    private final Clock clock;

    Plans(PlanRepository repository, Clock clock) {
        this.repository = repository;
        this.clock = clock;
    }

    /**
     * Saves a plan; a known code gets a new version, and those who subscribed to an earlier one keep it. A plan that is
     * well formed but asks for something that is not computed here is saved with {@link Plan#unsupported} filled.
     *
     * @param json Lago's plan JSON: strings, numbers, booleans, lists and maps
     */
    @Transactional
    public BillingOutcome<Plan> save(Map<String, ?> json) {
        var reader = new PlanReader(json);
        var draft = reader.draft();
        if (draft.isEmpty()) {
            return new Invalid<>(reader.faults());
        }
        repository.lock(draft.get().code());
        return new Done<>(repository.insert(draft.get(), clock.instant()));
    }

    /** The latest version. */
    public Optional<Plan> find(String code) {
        return repository.latest(code);
    }

    /**
     * The latest version of each plan, by code.
     *
     * @param afterCode the last code of the page before; empty for the first page
     */
    public List<Plan> page(Optional<String> afterCode, int limit) {
        return repository.latest(afterCode, limit);
    }

    /** Lago's charges of these plans as JSON, as they were given. */
    public Map<PlanId, String> charges(Collection<PlanId> ids) {
        return repository.charges(ids);
    }
}
