package express.polaris.console.overview;

import express.polaris.console.overview.FirstStep.State;
import express.polaris.platform.database.backup.BackupService;
import express.polaris.platform.database.backup.BackupState;
import java.util.List;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** The embedded database was backed up, and will be again; an external one is backed up by its own server. */
@Component
@Order(6)
class BackupStep implements StepCheck {

    private static final String KEY = "backup";
    private static final String HEALTH = "/operator/health#backups";

    private final BackupService backups;

    BackupStep(BackupService backups) {
        this.backups = backups;
    }

    @Override
    public List<FirstStep> check(Context context) {
        return List.of(
                switch (backups.state()) {
                    case BackupState.External() -> step(context, State.OPTIONAL, "external");
                    case BackupState.Embedded embedded -> embedded(context, embedded);
                });
    }

    private FirstStep embedded(Context context, BackupState.Embedded state) {
        var failure = state.failure();
        if (failure.isPresent()) {
            var at = context.format().dateTime(failure.get().at());
            return new FirstStep(
                    KEY, State.FAILED, context.text("backup.failed", at), context.text("backup.failed.advice"), HEALTH);
        }
        Optional<FirstStep> overdue = backups.overdueSince()
                .map(since -> new FirstStep(
                        KEY,
                        State.FAILED,
                        context.text("backup.overdue", context.format().dateTime(since)),
                        context.text("backup.failed.advice"),
                        HEALTH));
        if (overdue.isPresent()) {
            return overdue.get();
        }
        if (state.last().isEmpty()) {
            return step(context, State.TODO, "none");
        }
        if (state.next().isEmpty()) {
            return step(context, State.TODO, "off");
        }
        var last = context.format().dateTime(state.last().get().startedAt());
        return FirstStep.done(KEY, context.text("backup.done", last), HEALTH);
    }

    private static FirstStep step(Context context, State state, String which) {
        return new FirstStep(
                KEY, state, context.text("backup." + which), context.text("backup." + which + ".advice"), HEALTH);
    }
}
