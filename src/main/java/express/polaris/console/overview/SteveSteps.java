package express.polaris.console.overview;

import express.polaris.console.overview.FirstStep.State;
import express.polaris.console.sync.SyncWords;
import express.polaris.sessions.statistics.SessionCount;
import express.polaris.steve.SteveCapabilities;
import express.polaris.steve.SteveHealth;
import express.polaris.steve.SteveSymptom;
import express.polaris.sync.SyncConcerns;
import express.polaris.sync.SyncFault;
import express.polaris.web.views.SteveWords;
import java.util.List;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** SteVe answers, and its transactions arrive. */
@Component
@Order(1)
class SteveSteps implements StepCheck {

    private static final String STEVE = "steve";
    private static final String TRANSACTIONS = "transactions";
    private static final String HEALTH = "/operator/health#health-steve";

    private final SteveHealth steve;
    private final SyncConcerns sync;
    private final SessionCount sessions;

    SteveSteps(SteveHealth steve, SyncConcerns sync, SessionCount sessions) {
        this.steve = steve;
        this.sync = sync;
        this.sessions = sessions;
    }

    @Override
    public List<FirstStep> check(Context context) {
        var contact = sync.contact();
        return List.of(steve(context, contact), transactions(context, contact));
    }

    private FirstStep steve(Context context, SyncConcerns.Contact contact) {
        var tooOld = steve.capabilities()
                .filter(SteveCapabilities.TooOld.class::isInstance)
                .map(SteveCapabilities.TooOld.class::cast);
        if (tooOld.isPresent()) {
            var missing = String.join(", ", tooOld.get().missing());
            return failed(context, context.text("steve.tooOld", missing), context.text("steve.tooOld.advice"));
        }
        var failure = symptom(contact);
        if (contact.reachedAt().isEmpty()) {
            return failure.map(symptom -> failed(
                            context,
                            context.text(
                                    "steve.never",
                                    context.format()
                                            .dateTime(contact.triedSince().orElse(context.now())),
                                    new SteveWords(context.texts()).problem(symptom)),
                            new SteveWords(context.texts()).advice(symptom)))
                    .orElseGet(
                            () -> new FirstStep(STEVE, State.UNCHECKED, context.text("steve.unchecked"), "", HEALTH));
        }
        var reachedAt = contact.reachedAt().get();
        if (sync.lag(context.now()).stopped().isPresent()) {
            return new FirstStep(STEVE, State.UNCHECKED, context.text("steve.paused"), "", "/operator/sync");
        }
        var words = new SteveWords(context.texts());
        if (failure.isPresent()) {
            return failed(
                    context,
                    context.text("steve.away", context.format().dateTime(reachedAt), words.problem(failure.get())),
                    words.advice(failure.get()));
        }
        return SyncWords.isRecent(reachedAt, context.now())
                ? FirstStep.done(
                        STEVE, context.text("steve.done", context.format().dateTime(reachedAt)), HEALTH)
                : new FirstStep(
                        STEVE,
                        State.FAILED,
                        context.text("steve.silent", context.format().dateTime(reachedAt)),
                        context.text("steve.silent.advice"),
                        HEALTH);
    }

    private static FirstStep failed(Context context, String evidence, String advice) {
        return new FirstStep(STEVE, State.FAILED, evidence, advice, HEALTH);
    }

    /** Of this node's last call if it failed, else of the last discovery on any node; empty if neither failed. */
    private Optional<SteveSymptom> symptom(SyncConcerns.Contact contact) {
        var state = steve.state();
        return state.isAnswering()
                ? Optional.empty()
                : state.failure()
                        .map(SteveHealth.Failure::symptom)
                        .or(() -> contact.fault().flatMap(SyncFault::symptom));
    }

    private FirstStep transactions(Context context, SyncConcerns.Contact contact) {
        long count = sessions.all();
        var href = "/operator/transactions";
        if (count > 0) {
            return FirstStep.done(
                    TRANSACTIONS,
                    context.text("transactions.done", context.texts().count("list.sessions", count)),
                    href);
        }
        return contact.reachedAt().isPresent()
                ? new FirstStep(
                        TRANSACTIONS,
                        State.TODO,
                        context.text("transactions.none"),
                        context.text("transactions.none.advice"),
                        href)
                : new FirstStep(TRANSACTIONS, State.UNCHECKED, context.text("transactions.unchecked"), "", href);
    }
}
