package express.polaris.portal.sessions;

import express.polaris.accounts.Account;
import express.polaris.accounts.OperatorNotes;
import express.polaris.accounts.SignedInAccount;
import express.polaris.documents.Texts;
import express.polaris.platform.refusals.NotFound;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionService;
import express.polaris.web.AfterForm;
import express.polaris.web.Shell;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** "Something wrong?": a driver's note to the operators about one of their sessions. */
@Controller
class SessionNoteController {

    private final SessionService sessions;
    private final OperatorNotes notes;

    SessionNoteController(SessionService sessions, OperatorNotes notes) {
        this.sessions = sessions;
        this.notes = notes;
    }

    @PostMapping("/sessions/{id}/note")
    ResponseEntity<Void> send(
            @PathVariable String id, @RequestParam(defaultValue = "") String text, @SignedInAccount Account account) {
        var session = SessionId.parse(id)
                .flatMap(it -> sessions.find(it, account.id()))
                .orElseThrow(NotFound::new);
        var outcome = switch (notes.aboutSession(account.id(), session.id().value(), text)) {
            case SENT -> "sent";
            case EMPTY -> "empty";
            case TOO_LONG -> "tooLong";
            case TOO_MANY -> "tooMany";
        };
        return AfterForm.seeOther("/sessions/" + session.id() + "?note=" + outcome);
    }

    /** Notice for an outcome; empty if the outcome is unknown. */
    static Optional<Shell.Notice> notice(String outcome, Account account) {
        Optional<Shell.Tone> tone = switch (outcome) {
            case "sent" -> Optional.of(Shell.Tone.SUCCESS);
            case "empty", "tooLong", "tooMany" -> Optional.of(Shell.Tone.WARNING);
            default -> Optional.empty();
        };
        return tone.map(it -> new Shell.Notice(it, Texts.of(account.locale()).get("note." + outcome)));
    }
}
