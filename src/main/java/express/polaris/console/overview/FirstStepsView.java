package express.polaris.console.overview;

import java.util.List;
import java.util.Optional;

/**
 * List of first steps on the overview.
 *
 * @param hidden whether an operator hid it, and no other step waits since
 */
public record FirstStepsView(List<FirstStep> steps, boolean hidden) {

    public FirstStepsView {
        steps = List.copyOf(steps);
    }

    /** Number of steps that are done. */
    public long done() {
        return steps.stream()
                .filter(step -> step.state() == FirstStep.State.DONE)
                .count();
    }

    /** Number of steps without the optional ones. */
    public long all() {
        return steps.stream()
                .filter(step -> step.state() != FirstStep.State.OPTIONAL)
                .count();
    }

    /** The step to take now: the first that waits for the operator, or else the first that is open. */
    public Optional<FirstStep> next() {
        return steps.stream()
                .filter(FirstStep::isWork)
                .findFirst()
                .or(() -> steps.stream().filter(FirstStep::isOpen).findFirst());
    }
}
