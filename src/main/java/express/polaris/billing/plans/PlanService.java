package express.polaris.billing.plans;

import express.polaris.billing.tariffs.TariffService;
import express.polaris.platform.refusals.Fault;
import express.polaris.platform.refusals.FaultCollector;
import express.polaris.platform.refusals.InvalidInput;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Plans in all their saved versions. The caller has authorized the request and writes the audit log. */
@Service
public class PlanService {

    private final PlanRepository repository;
    private final NamedTariffs tariffs;
    private final Clock clock;

    PlanService(PlanRepository repository, TariffService tariffs, Clock clock) {
        this.repository = repository;
        this.tariffs = new NamedTariffs(tariffs);
        this.clock = clock;
    }

    /**
     * Saves a plan. A known code gets a new version; subscriptions to earlier versions keep theirs. A well-formed plan
     * that uses an unsupported feature is saved with {@link Plan#unsupported} filled. Time bands, charger groups and price
     * series that it names must exist.
     *
     * @param json Lago's plan JSON: strings, numbers, booleans, lists and maps; may be wrapped in the single field
     *     {@code plan}
     * @throws InvalidInput with all faults
     */
    @Transactional
    public Plan save(Map<String, ?> json) {
        var draft = read(json);
        repository.lock(draft.code());
        return repository.insert(draft, clock.instant());
    }

    /**
     * Returns the plan that {@link #save} would create, as version 0; stores nothing.
     *
     * @throws InvalidInput with all faults
     */
    public Plan check(Map<String, ?> json) {
        return PlanRepository.unsaved(read(json));
    }

    private PlanReader.Draft read(Map<String, ?> json) {
        var plan = LagoFields.unwrapped(json);
        var reader = new PlanReader(plan);
        var draft = reader.draft();
        var faults = new LinkedHashMap<String, Fault>();
        UnkeepableParts.of(plan).forEach(fault -> faults.putIfAbsent(fault.field(), fault));
        reader.faults().forEach(fault -> faults.putIfAbsent(fault.field(), fault));
        tariffs.faults(reader.understood(), reader.planCurrency())
                .forEach(fault -> faults.putIfAbsent(fault.field(), fault));
        new FaultCollector().addAll(faults.values()).throwIfAny();
        return draft.orElseThrow();
    }

    /** Lists every version of these codes, by code, latest first. */
    public List<PlanVersion> versions(Collection<String> codes) {
        return repository.versions(codes, clock.instant());
    }

    /** Finds the latest version of a plan. */
    public Optional<Plan> find(String code) {
        return repository.latest(code);
    }

    /**
     * Lists the latest version of each plan, by code.
     *
     * @param afterCode last code of the previous page; empty for the first page
     */
    public List<Plan> page(Optional<String> afterCode, int limit) {
        return repository.latest(afterCode, limit);
    }

    /** Returns Lago's charges of these plans as JSON, as given. */
    public Map<PlanId, String> charges(Collection<PlanId> ids) {
        return repository.charges(ids);
    }

    /** Returns the unread fields of these plans as given, each as a JSON object. */
    public Map<PlanId, String> otherFields(Collection<PlanId> ids) {
        return repository.otherFields(ids);
    }
}
