package express.polaris.messages.mail;

import express.polaris.accounts.Account;
import express.polaris.documents.Templates;
import express.polaris.documents.Texts;
import java.nio.charset.StandardCharsets;

/** Mail ready to be sent, as plain text and as HTML. */
record Envelope(String to, String subject, String plain, String html) {

    static Envelope of(Account recipient, MailText text, Templates templates) {
        var texts = Texts.of(recipient.locale());
        var greeting = texts.get("mail.greeting", recipient.name());
        var html = templates.html("mail/mail.jte", new MailPage(texts.language(), greeting, text));
        return new Envelope(
                recipient.email(), text.subject(), text.plain(greeting), new String(html, StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "Envelope";
    }
}
