package express.polaris.mail;

import jakarta.mail.MessagingException;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Whether the server would take mails now. */
@Component
public class MailProbe {

    private final Optional<MailTransport> transport;

    MailProbe(ObjectProvider<MailTransport> transport) {
        this.transport = Optional.ofNullable(transport.getIfAvailable());
    }

    /** What became of the question. */
    public sealed interface Answer {

        /** This installation sends no mail. */
        record Off() implements Answer {}

        record Takes() implements Answer {}

        /** @param failure its kind; a server's own words may repeat an address */
        record Fails(String failure) implements Answer {}
    }

    /** Connects and signs in; takes as long as the server lets it wait, a minute at the most. */
    public Answer ask() {
        if (transport.isEmpty()) {
            return new Answer.Off();
        }
        try {
            transport.get().check();
            return new Answer.Takes();
        } catch (MessagingException e) {
            return new Answer.Fails(e.getClass().getSimpleName());
        }
    }
}
