package express.polaris.messages.mail;

import express.polaris.accounts.AccountService;
import express.polaris.documents.Templates;
import express.polaris.messages.mail.Outbox.Due;
import express.polaris.messages.mail.Outbox.Urgency;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.mail.MailException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Sends due mails one after the other; those that are wanted within the hour do not wait for the others. A server that
 * hangs delays mails and nothing else.
 */
@Component
class MailDelivery {

    private static final Logger log = LoggerFactory.getLogger(MailDelivery.class);

    private final Outbox outbox;
    private final AccountService accounts;
    private final ObjectProvider<MailWriter> writers;
    private final Optional<MailTransport> transport;
    private final Templates templates;

    MailDelivery(
            Outbox outbox,
            AccountService accounts,
            ObjectProvider<MailWriter> writers,
            ObjectProvider<MailTransport> transport,
            Templates templates) {
        this.outbox = outbox;
        this.accounts = accounts;
        this.writers = writers;
        this.transport = Optional.ofNullable(transport.getIfAvailable());
        this.templates = templates;
    }

    @Scheduled(initialDelayString = "PT1S", fixedDelayString = "PT1S")
    void deliverWhatSomebodyWaitsFor() {
        deliver(Urgency.AWAITED);
    }

    @Scheduled(initialDelayString = "PT1S", fixedDelayString = "PT1S")
    void deliverTheOthers() {
        deliver(Urgency.ANY_TIME);
    }

    private void deliver(Urgency urgency) {
        if (transport.isEmpty()) {
            return;
        }
        List<Due> due;
        do {
            due = outbox.claim(urgency);
            due.forEach(mail -> deliver(mail, transport.get()));
        } while (!due.isEmpty());
    }

    private void deliver(Due mail, MailTransport server) {
        try {
            var writer = writers.stream().filter(one -> one.writes(mail.kind())).findFirst();
            boolean forOthers =
                    writer.filter(one -> one.isForOthers(mail.kind())).isPresent();
            var recipient = accounts.find(mail.account()).filter(account -> forOthers || !account.isDisabled());
            var letter = recipient.flatMap(
                    account -> writer.flatMap(one -> one.letter(mail.kind(), mail.subject(), account)));
            if (letter.isEmpty()) {
                outbox.dropped(mail.id(), recipient.isEmpty() ? Outbox.NO_RECIPIENT : Outbox.NOTHING_TO_SAY);
                return;
            }
            server.send(Envelope.of(letter.get(), templates, Optional.of(mail.messageId())));
            outbox.sent(mail.id());
        } catch (MailException e) {
            report(mail, e);
        } catch (RuntimeException e) {
            log.error("Mail {} ({}) could not be rendered", mail.id(), mail.kind(), e);
            report(mail, e);
        }
    }

    /** Logs only the kind of failure, because a server's message may contain an address. */
    private void report(Due mail, RuntimeException failure) {
        var error = failure.getClass().getSimpleName();
        boolean givenUp = outbox.notSent(mail.id(), error);
        log.warn(
                "Mail {} ({}) to account {} was not sent, attempt {}: {}{}",
                mail.id(),
                mail.kind(),
                mail.account(),
                mail.tries(),
                error,
                givenUp ? "; giving up" : "");
    }
}
