package express.polaris.messages.notifications;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignInLinks;
import express.polaris.accounts.SignInLinks.Purpose;
import express.polaris.documents.Texts;
import express.polaris.messages.mail.MailText;
import express.polaris.messages.mail.MailWriter;
import express.polaris.messages.mail.Outbox;
import express.polaris.messages.mail.PublicLinks;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Mails with a link to sign in or to choose a password. Safe on several nodes: a request is taken once. */
@Component
class SignInMails implements MailWriter {

    private final SignInLinks links;
    private final Outbox outbox;
    private final PublicLinks addresses;
    private final TransactionTemplate transaction;

    SignInMails(SignInLinks links, Outbox outbox, PublicLinks addresses, TransactionTemplate transaction) {
        this.links = links;
        this.outbox = outbox;
        this.addresses = addresses;
        this.transaction = transaction;
    }

    static String kindOf(Purpose purpose) {
        return switch (purpose) {
            case SIGN_IN -> "sign_in_link";
            case NEW_PASSWORD -> "new_password_link";
            case INVITATION -> "invitation";
            case RESET -> "reset_link";
        };
    }

    /** Queues the requested links. Each mail expires after the lifetime of its link. */
    @Scheduled(initialDelayString = "PT1S", fixedDelayString = "PT1S")
    void queueWhatWasAskedFor() {
        transaction.executeWithoutResult(status -> links.take()
                .forEach(link -> outbox.queue(
                        link.account(),
                        kindOf(link.purpose()),
                        Long.toString(link.id()),
                        link.purpose().life())));
    }

    @Override
    public boolean writes(String kind) {
        return purposeOf(kind).isPresent();
    }

    @Override
    public Optional<MailText> write(String kind, String subject, Account recipient) {
        return purposeOf(kind)
                .flatMap(purpose ->
                        links.issue(Long.parseLong(subject), purpose).map(secret -> text(purpose, secret, recipient)));
    }

    private static Optional<Purpose> purposeOf(String kind) {
        return Stream.of(Purpose.values())
                .filter(purpose -> kindOf(purpose).equals(kind))
                .findFirst();
    }

    private MailText text(Purpose purpose, String secret, Account recipient) {
        return switch (purpose) {
            case SIGN_IN ->
                text("mail.signIn", "/sign-in/link/" + secret, purpose.life().toMinutes(), recipient);
            case NEW_PASSWORD ->
                text(
                        "mail.password",
                        "/sign-in/password/" + secret,
                        purpose.life().toMinutes(),
                        recipient);
            case INVITATION ->
                text(
                        "mail.invitation",
                        "/sign-in/invitation/" + secret,
                        purpose.life().toDays(),
                        recipient);
            case RESET ->
                text("mail.reset", "/sign-in/reset/" + secret, purpose.life().toHours(), recipient);
        };
    }

    private MailText text(String key, String path, long life, Account recipient) {
        var texts = Texts.of(recipient.locale());
        return new MailText(
                texts.get(key + ".subject"),
                texts.get(key + ".lead", life),
                List.of(),
                Optional.of(new MailText.Action(texts.get(key + ".action"), addresses.to(path))),
                texts.get(key + ".small"));
    }
}
