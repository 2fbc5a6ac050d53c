package express.polaris.mail;

import jakarta.mail.MessagingException;
import org.springframework.mail.MailException;

/** Takes mails away. */
interface MailTransport {

    /** @throws MailException when it was not taken; it may be tried again */
    void send(Envelope mail);

    /** Asks whether mails would be taken; sends none. */
    void check() throws MessagingException;
}
