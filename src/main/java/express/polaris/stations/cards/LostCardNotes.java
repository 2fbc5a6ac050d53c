package express.polaris.stations.cards;

import express.polaris.accounts.AuditLog;
import express.polaris.accounts.OperatorNotes;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Audits and announces a lost card in the transaction of the report: if either fails, so does the report. */
@Component
class LostCardNotes {

    private final AuditLog audit;
    private final OperatorNotes notes;

    LostCardNotes(AuditLog audit, OperatorNotes notes) {
        this.audit = audit;
        this.notes = notes;
    }

    @EventListener
    void on(CardReportedLost event) {
        var card = event.card().value();
        audit.record(Optional.of(event.driver()), "card.lost", "card " + card, Map.of());
        notes.aboutLostCard(event.driver(), card);
    }
}
