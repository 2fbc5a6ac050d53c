package express.polaris.console.transactions;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.AccountService;
import express.polaris.accounts.AuditLog;
import express.polaris.accounts.OperatorNotes;
import express.polaris.console.PersonLink;
import express.polaris.sessions.SessionId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Drivers' notes and audit entries about a transaction. */
@Component
class TransactionStories {

    private static final int ENTRIES = 30;

    private final AccountService accounts;
    private final AuditLog audit;
    private final OperatorNotes notes;
    private final JsonMapper json;

    TransactionStories(AccountService accounts, AuditLog audit, OperatorNotes notes, JsonMapper json) {
        this.accounts = accounts;
        this.audit = audit;
        this.notes = notes;
        this.json = json;
    }

    record Stories(List<TransactionPage.Note> notes, List<TransactionPage.AuditItem> audit) {}

    Stories of(SessionId session) {
        var written = notes.ofSession(session.value());
        var done = audit.about(List.of("session " + session), ENTRIES);
        var people = accounts.findAll(Stream.concat(
                        written.stream().map(OperatorNotes.Note::driver),
                        done.stream().flatMap(entry -> entry.actor().stream()))
                .distinct()
                .toList());
        return new Stories(
                written.stream()
                        .map(note -> new TransactionPage.Note(
                                note.at(), person(people, Optional.of(note.driver())), note.text()))
                        .toList(),
                done.stream()
                        .map(entry -> new TransactionPage.AuditItem(
                                entry.at(), person(people, entry.actor()), entry.action(), details(entry.details())))
                        .toList());
    }

    private static Optional<PersonLink> person(Map<AccountId, Account> people, Optional<AccountId> id) {
        return id.map(people::get).map(PersonLink::of);
    }

    private List<Map.Entry<String, String>> details(String object) {
        return json.readTree(object).properties().stream()
                .map(field -> Map.entry(
                        field.getKey(),
                        field.getValue().isString()
                                ? field.getValue().stringValue()
                                : field.getValue().toString()))
                .toList();
    }
}
