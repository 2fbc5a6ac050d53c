package express.polaris.messages.mail;

import express.polaris.platform.settings.Settings.Smtp;
import jakarta.mail.MessagingException;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Checks whether the server accepts mail. */
@Component
public class MailProbe {

    private final Optional<MailTransport> transport;

    @Autowired
    MailProbe(ObjectProvider<MailTransport> transport) {
        this(Optional.ofNullable(transport.getIfAvailable()));
    }

    private MailProbe(Optional<MailTransport> transport) {
        this.transport = transport;
    }

    /** Checks the server of these settings, for use outside the application. */
    public static MailProbe of(Optional<Smtp> smtp) {
        return new MailProbe(smtp.map(SmtpTransport::new));
    }

    /** Result of the check. */
    public sealed interface Answer {

        /** This installation does not send mail. */
        record Off() implements Answer {}

        record Takes() implements Answer {}

        record Fails(MailFailure failure) implements Answer {}
    }

    /** Connects and signs in. Blocks as long as the transport's timeouts allow: 10 s to connect, 20 s per answer. */
    public Answer ask() {
        if (transport.isEmpty()) {
            return new Answer.Off();
        }
        try {
            transport.get().check();
            return new Answer.Takes();
        } catch (MessagingException e) {
            return new Answer.Fails(MailFailure.of(e));
        }
    }
}
