package express.polaris.mail;

import express.polaris.accounts.Account;
import java.util.Optional;

/** Writes mails of some kinds, at the moment they are sent. */
public interface MailWriter {

    boolean writes(String kind);

    /**
     * What the mail says.
     *
     * @param subject what it is about, as it was queued
     * @return empty when there is nothing to say any more
     */
    Optional<MailText> write(String kind, String subject, Account recipient);
}
