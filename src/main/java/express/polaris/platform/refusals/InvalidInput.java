package express.polaris.platform.refusals;

import java.util.List;

/** Readable but invalid input: 422 with all faults at once. */
public final class InvalidInput extends Refusal {

    private static final long serialVersionUID = 1L;

    private final List<Fault> faults;

    public InvalidInput(List<Fault> faults) {
        super(RequestReason.UNUSABLE.with());
        if (faults.isEmpty()) {
            throw new IllegalArgumentException("InvalidInput without a fault");
        }
        this.faults = List.copyOf(faults);
    }

    public static InvalidInput of(String field, Wording wording) {
        return new InvalidInput(List.of(new Fault(field, wording)));
    }

    public List<Fault> faults() {
        return faults;
    }

    @Override
    ProblemDetail problem() {
        return new ProblemDetail(422, detail(), faults);
    }
}
