package express.polaris.console.overview;

import express.polaris.accounts.Account;
import express.polaris.accounts.AuditLog;
import express.polaris.console.overview.InstallationChecks.Name;
import express.polaris.documents.Texts;
import express.polaris.messages.mail.MailFailure;
import express.polaris.messages.mail.Outbox;
import express.polaris.messages.mail.TestMail;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Test mails of operators, and the result of the last one. */
@Component
class MailTests {

    private static final String ACCEPTED = "accepted";

    private final TestMail mail;
    private final Outbox outbox;
    private final InstallationChecks checks;
    private final AuditLog audit;

    MailTests(TestMail mail, Outbox outbox, InstallationChecks checks, AuditLog audit) {
        this.mail = mail;
        this.outbox = outbox;
        this.checks = checks;
        this.audit = audit;
    }

    /**
     * Result of a test mail.
     *
     * @param failure empty if the server accepted it
     */
    record Test(Instant at, Optional<MailFailure> failure) {}

    boolean isAvailable() {
        return outbox.isAvailable();
    }

    /** The last test of the server and sender that are set now. */
    Optional<Test> last() {
        return checks.find(Name.TEST_MAIL)
                .filter(result -> result.subject().equals(mail.subject()))
                .map(result -> new Test(result.at(), failure(result.outcome())));
    }

    /** Waits for the mail server. */
    TestMail.Outcome send(Account operator) {
        var outcome = mail.send(operator);
        switch (outcome) {
            case TestMail.Outcome.Off() -> {
                // nothing was tested
            }
            case TestMail.Outcome.Accepted() -> record(operator, ACCEPTED);
            case TestMail.Outcome.Failed(var failure) -> record(operator, failure.wireName());
        }
        return outcome;
    }

    private void record(Account operator, String outcome) {
        checks.save(Name.TEST_MAIL, mail.subject(), outcome, operator.id());
        audit.record(Optional.of(operator.id()), "mail.test", "account " + operator.id(), Map.of("outcome", outcome));
    }

    /** What is wrong, phrased as the end of a sentence about the mail server. */
    static String problem(Texts texts, MailFailure failure) {
        return texts.get("mail.failure." + failure.wireName());
    }

    /** What to do, in whole sentences. */
    static String advice(Texts texts, MailFailure failure) {
        return texts.get("mail.advice." + failure.wireName());
    }

    private static Optional<MailFailure> failure(String outcome) {
        for (var failure : MailFailure.values()) {
            if (failure.wireName().equals(outcome)) {
                return Optional.of(failure);
            }
        }
        return outcome.equals(ACCEPTED) ? Optional.empty() : Optional.of(MailFailure.OTHER);
    }
}
