package express.polaris.messages.mail;

import express.polaris.accounts.Account;
import express.polaris.documents.Templates;
import express.polaris.documents.Texts;
import express.polaris.platform.settings.Settings;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.mail.MailException;
import org.springframework.stereotype.Service;

/** Sends an operator a test mail at once, past the queue, to see whether the server of the settings accepts it. */
@Service
public class TestMail {

    private static final Logger log = LoggerFactory.getLogger(TestMail.class);

    private final Optional<MailTransport> transport;
    private final Templates templates;
    private final PublicLinks links;
    private final Settings settings;

    TestMail(ObjectProvider<MailTransport> transport, Templates templates, PublicLinks links, Settings settings) {
        this.transport = Optional.ofNullable(transport.getIfAvailable());
        this.templates = templates;
        this.links = links;
        this.settings = settings;
    }

    /** Outcome of a test mail. */
    public sealed interface Outcome {

        /** This installation does not send mail. */
        record Off() implements Outcome {}

        /** The server accepted the mail; whether it is delivered shows in the recipient's mailbox. */
        record Accepted() implements Outcome {}

        record Failed(MailFailure failure) implements Outcome {}
    }

    /** Blocks as long as the transport's timeouts allow: 10 s to connect, 20 s per answer. */
    public Outcome send(Account to) {
        if (transport.isEmpty()) {
            return new Outcome.Off();
        }
        var texts = Texts.of(to.locale());
        var text = new MailText(
                texts.get("mail.test.subject"),
                texts.get("mail.test.lead"),
                List.of(),
                Optional.of(new MailText.Action(texts.get("mail.test.action"), links.to("/operator/health"))),
                texts.get("mail.test.small"));
        try {
            transport.get().send(Envelope.of(to, text, templates));
            return new Outcome.Accepted();
        } catch (MailException e) {
            var failure = MailFailure.of(e);
            log.warn("The test mail to account {} was not accepted: {}", to.id(), failure);
            return new Outcome.Failed(failure);
        }
    }

    /** The server and the sender that a test is about, without the password; the same while the settings are. */
    public String subject() {
        return settings.smtp()
                .map(smtp -> "%s:%d %s %s %s"
                        .formatted(
                                smtp.host(),
                                smtp.port(),
                                smtp.security(),
                                smtp.username().orElse("-"),
                                smtp.from()))
                .orElse("");
    }
}
