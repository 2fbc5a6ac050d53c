package express.polaris.notifications;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignInLinks;
import express.polaris.accounts.SignInLinks.Purpose;
import express.polaris.mail.MailText;
import express.polaris.mail.MailWriter;
import express.polaris.mail.Outbox;
import express.polaris.mail.PublicLinks;
import express.polaris.web.Texts;
import java.util.List;
import java.util.Optional;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Mails with a link to sign in or to choose a new password. Safe on several nodes: a request is taken once. */
@Component
class SignInMails implements MailWriter {

    private static final String SIGN_IN = "sign_in_link";
    private static final String NEW_PASSWORD = "new_password_link";

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

    /** Nobody waits longer for it than the link would live. */
    @Scheduled(initialDelayString = "PT1S", fixedDelayString = "PT1S")
    void queueWhatWasAskedFor() {
        transaction.executeWithoutResult(status -> links.take()
                .forEach(link -> outbox.queue(
                        link.account(),
                        switch (link.purpose()) {
                            case SIGN_IN -> SIGN_IN;
                            case NEW_PASSWORD -> NEW_PASSWORD;
                        },
                        Long.toString(link.id()),
                        SignInLinks.LIFE)));
    }

    @Override
    public boolean writes(String kind) {
        return kind.equals(SIGN_IN) || kind.equals(NEW_PASSWORD);
    }

    @Override
    public Optional<MailText> write(String kind, String subject, Account recipient) {
        var purpose = kind.equals(SIGN_IN) ? Purpose.SIGN_IN : Purpose.NEW_PASSWORD;
        return links.issue(Long.parseLong(subject)).map(secret -> text(purpose, secret, recipient));
    }

    private MailText text(Purpose purpose, String secret, Account recipient) {
        var texts = Texts.of(recipient.locale());
        long minutes = SignInLinks.LIFE.toMinutes();
        return switch (purpose) {
            case SIGN_IN ->
                new MailText(
                        texts.get("mail.signIn.subject"),
                        texts.get("mail.signIn.lead", minutes),
                        List.of(),
                        Optional.of(new MailText.Action(
                                texts.get("mail.signIn.action"), addresses.to("/sign-in/link/" + secret))),
                        texts.get("mail.signIn.small"));
            case NEW_PASSWORD ->
                new MailText(
                        texts.get("mail.password.subject"),
                        texts.get("mail.password.lead", minutes),
                        List.of(),
                        Optional.of(new MailText.Action(
                                texts.get("mail.password.action"), addresses.to("/sign-in/password/" + secret))),
                        texts.get("mail.password.small"));
        };
    }
}
