package express.polaris.platform.refusals;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Collects faults to report them all at once. */
public final class FaultCollector {

    private final List<Fault> faults = new ArrayList<>();

    public FaultCollector add(String field, Wording wording) {
        faults.add(new Fault(field, wording));
        return this;
    }

    public FaultCollector addAll(Collection<Fault> more) {
        faults.addAll(more);
        return this;
    }

    /** Adds the fault unless the condition holds. */
    public FaultCollector require(boolean condition, String field, Wording wording) {
        return condition ? this : add(field, wording);
    }

    public List<Fault> list() {
        return List.copyOf(faults);
    }

    /**
     * @throws InvalidInput with all faults, if any
     */
    public void throwIfAny() {
        if (!faults.isEmpty()) {
            throw new InvalidInput(faults);
        }
    }
}
