package express.polaris.messages.notifications;

import express.polaris.accounts.Account;
import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.messages.mail.Letter;
import express.polaris.messages.mail.MailText;
import express.polaris.messages.mail.MailWriter;
import express.polaris.messages.mail.PublicLinks;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes notifications as mails, in the recipient's language and zone. */
@Component
class NotificationMails implements MailWriter {

    private final JdbcClient jdbc;
    private final NotificationWriter words;
    private final StatementAttachments attachments;
    private final PublicLinks links;

    NotificationMails(JdbcClient jdbc, NotificationWriter words, StatementAttachments attachments, PublicLinks links) {
        this.jdbc = jdbc;
        this.words = words;
        this.attachments = attachments;
        this.links = links;
    }

    @Override
    public boolean writes(String kind) {
        return Arrays.stream(NotificationKind.values())
                .map(NotificationKind::wireName)
                .anyMatch(kind::equals);
    }

    @Override
    public Optional<MailText> write(String kind, String subject, Account recipient) {
        var texts = Texts.of(recipient.locale());
        var format = new Format(recipient.locale(), recipient.timeZone());
        return find(subject, recipient)
                .filter(words::isCurrent)
                .flatMap(notification ->
                        words.of(List.of(notification), texts, format).stream().findFirst())
                .map(text -> new MailText(
                        text.title(),
                        text.lead(),
                        text.facts(),
                        Optional.of(new MailText.Action(
                                texts.get("notification." + kind + ".action"), links.to(text.path()))),
                        texts.get("notification.small", links.to("/account"))));
    }

    /** As {@link MailWriter#letter}; an employer statement is attached. */
    @Override
    public Optional<Letter> letter(String kind, String subject, Account recipient) {
        return MailWriter.super
                .letter(kind, subject, recipient)
                .map(letter -> find(subject, recipient)
                        .flatMap(Notification::statement)
                        .map(number -> letter.with(attachments.of(number)))
                        .orElse(letter));
    }

    private Optional<Notification> find(String subject, Account recipient) {
        return jdbc.sql("""
            select id, account_id, kind, steve_transaction_id, invoice_number, statement_number, created_at, read_at
              from notifications where id = :id and account_id = :account
            """)
                .param("id", Long.parseLong(subject))
                .param("account", recipient.id().value())
                .query(NotificationService::notification)
                .optional();
    }
}
