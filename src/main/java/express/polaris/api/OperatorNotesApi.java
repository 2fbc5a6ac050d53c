package express.polaris.api;

import express.polaris.accounts.OperatorNotes;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Drivers' notes to operators. */
@RestController
class OperatorNotesApi {

    private final OperatorNotes notes;

    OperatorNotesApi(OperatorNotes notes) {
        this.notes = notes;
    }

    /**
     * Note as JSON.
     *
     * @param kind {@code session} or {@code card_lost}
     * @param sessionId null for a lost card
     * @param cardId null for a session
     */
    record Note(
            long id,
            Instant at,
            long driverId,
            String kind,
            Optional<Long> sessionId,
            Optional<Long> cardId,
            String text) {

        static Note of(OperatorNotes.Note note) {
            return new Note(
                    note.id(),
                    note.at(),
                    note.driver().value(),
                    note.card().isPresent() ? "card_lost" : "session",
                    note.session(),
                    note.card(),
                    note.text());
        }
    }

    @GetMapping("/api/v1/operator/notes")
    @Operation(summary = "Messages from drivers, newest first")
    CursorPage<Note> list(@RequestParam Optional<String> cursor, @RequestParam Optional<String> limit) {
        int most = CursorPage.limit(limit);
        var found = notes.page(CursorPage.idIn(cursor), most + 1);
        return CursorPage.byId(found, most, OperatorNotes.Note::id, Note::of);
    }
}
