package express.polaris.messages.mail;

import express.polaris.accounts.Account;
import express.polaris.documents.Texts;
import java.util.List;
import java.util.Optional;

/** Writes mails of certain kinds at the moment they are sent. */
public interface MailWriter {

    boolean writes(String kind);

    /**
     * Whether mails of this kind go to somebody else than the account's person. They are sent even while the account
     * is disabled.
     */
    default boolean isForOthers(String kind) {
        return false;
    }

    /**
     * Writes the mail.
     *
     * @param subject what the mail is about, as queued
     * @return empty if there is nothing left to say
     */
    Optional<MailText> write(String kind, String subject, Account recipient);

    /**
     * Writes the mail with its address and attachments. Unless overridden, it goes to the account's own address,
     * without attachments.
     *
     * @param subject what the mail is about, as queued
     * @return empty if there is nothing left to say
     */
    default Optional<Letter> letter(String kind, String subject, Account recipient) {
        var texts = Texts.of(recipient.locale());
        return write(kind, subject, recipient)
                .map(text -> new Letter(
                        recipient.email(),
                        Optional.empty(),
                        texts.language(),
                        texts.get("mail.greeting", recipient.name()),
                        text,
                        List.of()));
    }
}
