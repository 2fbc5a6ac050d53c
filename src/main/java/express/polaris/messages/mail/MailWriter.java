package express.polaris.messages.mail;

import express.polaris.accounts.Account;
import java.util.Optional;

/** Writes mails of certain kinds at the moment they are sent. */
public interface MailWriter {

    boolean writes(String kind);

    /**
     * Writes the mail.
     *
     * @param subject what the mail is about, as queued
     * @return empty if there is nothing left to say
     */
    Optional<MailText> write(String kind, String subject, Account recipient);
}
