package express.polaris.attention;

import express.polaris.accounts.AccountId;
import express.polaris.accounts.OperatorNotes;
import express.polaris.accounts.OperatorNotes.Note;
import express.polaris.attention.Finding.Person;
import express.polaris.messages.mail.OperatorMails;
import express.polaris.messages.mail.OperatorMails.Unsent;
import express.polaris.sessions.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Findings about messages: mails that were given up, drivers' notes, and cards reported lost. */
@Component
class MessageFindings implements FindingSource {

    /** How long a finding that cannot be resolved is listed, unless an operator marks it as seen. */
    private static final Duration NEWS = Duration.ofDays(90);

    private final OperatorMails mails;
    private final OperatorNotes notes;
    private final FindingPeople people;

    MessageFindings(OperatorMails mails, OperatorNotes notes, FindingPeople people) {
        this.mails = mails;
        this.notes = notes;
        this.people = people;
    }

    @Override
    public List<AttentionItem> find(Instant now) {
        var since = now.minus(NEWS);
        var failed = mails.failed(since, MOST_SEEN);
        var recent = notes.page(Optional.empty(), MOST_SEEN).stream()
                .filter(note -> !note.at().isBefore(since))
                .toList();
        var drivers = people.of(Stream.concat(
                        failed.stream().map(Unsent::account), recent.stream().map(Note::driver))
                .toList());
        var items = new ArrayList<AttentionItem>();
        for (var mail : failed) {
            var failedAt = mail.failedAt().orElse(mail.createdAt());
            items.add(new AttentionItem(
                    Long.toString(mail.id()),
                    mail.tries(),
                    Optional.of(failedAt),
                    new Finding.FailedMail(mail.id(), drivers.apply(mail.account()), mail.kind(), mail.lastError()),
                    Optional.of(failedAt.toString())));
        }
        for (var note : recent) {
            items.add(new AttentionItem(
                    Long.toString(note.id()), 1, Optional.of(note.at()), finding(note, drivers), Optional.of("1")));
        }
        return items;
    }

    private static Finding finding(Note note, Function<AccountId, Person> drivers) {
        var driver = drivers.apply(note.driver());
        return note.session()
                .<Finding>map(session -> new Finding.DriverNote(driver, new SessionId(session), note.text()))
                .orElseGet(() -> new Finding.LostCard(driver, note.card().orElseThrow()));
    }
}
