package express.polaris.problems;

import java.util.List;

/** What was sent can be read but not used: 422 with every fault at once. */
public final class InvalidInput extends Refusal {

    private static final long serialVersionUID = 1L;

    private final List<Fault> faults;

    public InvalidInput(List<Fault> faults) {
        super("What was sent cannot be used as it is.");
        if (faults.isEmpty()) {
            throw new IllegalArgumentException("InvalidInput without a fault");
        }
        this.faults = List.copyOf(faults);
    }

    public static InvalidInput of(String field, String message) {
        return new InvalidInput(List.of(new Fault(field, message)));
    }

    public List<Fault> faults() {
        return faults;
    }

    @Override
    Problem problem() {
        return new Problem(422, detail(), faults);
    }
}
