package express.polaris.console.overview;

import express.polaris.console.overview.HealthPage.Button;
import express.polaris.console.overview.HealthPage.Check;
import express.polaris.console.overview.HealthPage.State;
import express.polaris.messages.mail.MailProbe;
import express.polaris.messages.mail.OperatorMails;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Checks the mail server by signing in to it, and offers to send a test mail. */
@Component
class MailCheck {

    static final String TEST = "/operator/health/test-mail";

    private final MailProbe mail;
    private final OperatorMails mails;
    private final MailTests tests;

    MailCheck(MailProbe mail, OperatorMails mails, MailTests tests) {
        this.mail = mail;
        this.mails = mails;
        this.tests = tests;
    }

    Check check(HealthWords words) {
        var answer = mail.ask();
        if (answer instanceof MailProbe.Answer.Off) {
            return check(words, State.OFF, words.get("mail.off"), words.get("mail.off.advice"));
        }
        var test = tests.last();
        var message = String.join(" ", outcome(words, answer), queue(words), test(words, test));
        var failure = answer instanceof MailProbe.Answer.Fails fails
                ? Optional.of(fails.failure())
                : test.flatMap(MailTests.Test::failure);
        var advice = failure.map(it -> MailTests.advice(words.texts(), it)).orElse("");
        var state = answer instanceof MailProbe.Answer.Fails
                ? State.BAD
                : failure.isPresent() || mails.queue().failed() > 0 ? State.WARNING : State.GOOD;
        return check(words, state, message, advice).withButton(new Button(TEST, words.get("mail.test")));
    }

    private static Check check(HealthWords words, State state, String message, String advice) {
        return words.check("mail", "mail", state, message, advice);
    }

    private static String outcome(HealthWords words, MailProbe.Answer answer) {
        return answer instanceof MailProbe.Answer.Fails(var failure)
                ? words.get("mail.fails", MailTests.problem(words.texts(), failure))
                : words.get("mail.takes");
    }

    private String queue(HealthWords words) {
        var queue = mails.queue();
        return words.get(
                "mail.queue",
                words.format().count(queue.waiting()),
                words.format().count(queue.failed()));
    }

    private static String test(HealthWords words, Optional<MailTests.Test> test) {
        return test.map(it -> it.failure()
                        .map(failure -> words.get(
                                "mail.test.failed",
                                words.format().dateTime(it.at()),
                                MailTests.problem(words.texts(), failure)))
                        .orElseGet(() ->
                                words.get("mail.test.accepted", words.format().dateTime(it.at()))))
                .orElseGet(() -> words.get("mail.test.none"));
    }
}
