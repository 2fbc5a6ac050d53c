package express.polaris.console.overview;

import express.polaris.accounts.Account;
import express.polaris.accounts.AuditLog;
import express.polaris.console.overview.InstallationChecks.Name;
import express.polaris.platform.settings.Settings;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * First steps of an installation. They are shown while one is open. An operator can hide them for everybody, until a
 * step waits that did not wait at that time. The demo has none.
 */
@Component
class FirstSteps {

    /** Stored instead of keys when an operator shows the steps again. */
    private static final String SHOWN = "shown";

    private final List<StepCheck> checks;
    private final InstallationChecks results;
    private final AuditLog audit;
    private final boolean isDemo;

    FirstSteps(List<StepCheck> checks, InstallationChecks results, AuditLog audit, Settings settings) {
        this.checks = List.copyOf(checks);
        this.results = results;
        this.audit = audit;
        this.isDemo = settings.demo();
    }

    /** The steps; empty once none is open. */
    Optional<FirstStepsView> now(StepCheck.Context context) {
        if (isDemo) {
            return Optional.empty();
        }
        var steps =
                checks.stream().flatMap(check -> check.check(context).stream()).toList();
        return steps.stream().anyMatch(FirstStep::isOpen)
                ? Optional.of(new FirstStepsView(steps, isHidden(steps)))
                : Optional.empty();
    }

    private boolean isHidden(List<FirstStep> steps) {
        var hidden = results.find(Name.HIDDEN_STEPS)
                .map(InstallationChecks.Result::outcome)
                .filter(waiting -> !waiting.equals(SHOWN));
        return hidden.filter(waiting -> keys(waiting).containsAll(waiting(steps)))
                .isPresent();
    }

    private static Set<String> keys(String waiting) {
        return new HashSet<>(Arrays.asList(waiting.split(",")));
    }

    private static Set<String> waiting(List<FirstStep> steps) {
        return steps.stream().filter(FirstStep::isWork).map(FirstStep::key).collect(Collectors.toSet());
    }

    @Transactional
    void hide(StepCheck.Context context, Account operator) {
        var steps = now(context).map(FirstStepsView::steps).orElse(List.of());
        var waiting = waiting(steps).stream().sorted().collect(Collectors.joining(","));
        results.save(Name.HIDDEN_STEPS, "", waiting, operator.id());
        audit.record(Optional.of(operator.id()), "steps.hide", "first steps", Map.of("waiting", waiting));
    }

    @Transactional
    void show(Account operator) {
        results.save(Name.HIDDEN_STEPS, "", SHOWN, operator.id());
        audit.record(Optional.of(operator.id()), "steps.show", "first steps", Map.of());
    }
}
