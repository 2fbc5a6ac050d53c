package express.polaris.messages.mail;

import jakarta.mail.MessagingException;
import org.springframework.mail.MailException;

/** Sends mail. */
interface MailTransport {

    /**
     * @throws MailException if the server did not accept the mail; it may be tried again
     */
    void send(Envelope mail);

    /**
     * Checks whether the server accepts mail, without sending any.
     *
     * @throws MessagingException if it does not
     */
    void check() throws MessagingException;
}
