package express.polaris.console.overview;

import express.polaris.console.overview.FirstStep.State;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** The mail server of the settings accepted a test mail. */
@Component
@Order(3)
class MailStep implements StepCheck {

    private static final String KEY = "mail";
    private static final String HEALTH = "/operator/health#health-mail";

    private final MailTests tests;

    MailStep(MailTests tests) {
        this.tests = tests;
    }

    @Override
    public List<FirstStep> check(Context context) {
        if (!tests.isAvailable()) {
            return List.of(new FirstStep(
                    KEY, State.OPTIONAL, context.text("mail.off"), context.text("mail.off.advice"), HEALTH));
        }
        return List.of(tests.last()
                .map(test -> {
                    var at = context.format().dateTime(test.at());
                    return test.failure()
                            .map(failure -> new FirstStep(
                                    KEY,
                                    State.FAILED,
                                    context.text("mail.failed", at, MailTests.problem(context.texts(), failure)),
                                    MailTests.advice(context.texts(), failure),
                                    HEALTH))
                            .orElseGet(() -> FirstStep.done(KEY, context.text("mail.done", at), HEALTH));
                })
                .orElseGet(() -> new FirstStep(
                        KEY, State.TODO, context.text("mail.untested"), context.text("mail.untested.advice"), HEALTH)));
    }
}
