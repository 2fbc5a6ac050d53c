package express.polaris.messages.mail;

import express.polaris.accounts.Account;
import express.polaris.documents.Templates;
import express.polaris.documents.Texts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Mail ready to be sent, as plain text and as HTML.
 *
 * @param messageId the same for every attempt to send it, with angle brackets; empty = the server's library chooses one
 */
record Envelope(
        String to,
        Optional<String> replyTo,
        String subject,
        String plain,
        String html,
        List<Letter.Attachment> attachments,
        Optional<String> messageId) {

    static Envelope of(Account recipient, MailText text, Templates templates) {
        var texts = Texts.of(recipient.locale());
        var greeting = texts.get("mail.greeting", recipient.name());
        return of(
                new Letter(recipient.email(), Optional.empty(), texts.language(), greeting, text, List.of()),
                templates,
                Optional.empty());
    }

    static Envelope of(Letter letter, Templates templates, Optional<String> messageId) {
        var page = new MailPage(letter.language(), letter.greeting(), letter.text());
        return new Envelope(
                letter.to(),
                letter.replyTo(),
                letter.text().subject(),
                letter.text().plain(letter.greeting()),
                new String(templates.html("mail/mail.jte", page), StandardCharsets.UTF_8),
                letter.attachments(),
                messageId);
    }

    @Override
    public String toString() {
        return "Envelope";
    }
}
