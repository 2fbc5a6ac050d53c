package express.polaris.sessions;

import express.polaris.accounts.AccountId;
import express.polaris.accounts.AuditLog;
import express.polaris.cards.Cards;
import express.polaris.sessions.SessionOwnership.Correction;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** An operator moves a wrongly attached session to the driver whose it is: in the audit log, or not done. */
@Service
public class OwnerCorrections {

    private final Sessions sessions;
    private final SessionOwnership ownership;
    private final Cards cards;
    private final AuditLog audit;

    OwnerCorrections(Sessions sessions, SessionOwnership ownership, Cards cards, AuditLog audit) {
        this.sessions = sessions;
        this.ownership = ownership;
        this.cards = cards;
        this.audit = audit;
    }

    /**
     * Gives the session to the driver, and to the driver's card if the session's idTag was theirs at its start.
     *
     * @param driver an account that exists
     * @param reason why, in the operator's words
     */
    @Transactional
    public Correction correct(AccountId operator, SessionId id, AccountId driver, String reason) {
        var session = sessions.find(id);
        if (session.isEmpty()) {
            return Correction.NOT_FOUND;
        }
        var card = cards.ownerAt(session.get().idTag(), session.get().startedAt())
                .filter(owned -> owned.driver().equals(driver));
        var correction = ownership.correctOwner(id, driver, card);
        if (correction == Correction.MOVED) {
            var details = new LinkedHashMap<String, Object>();
            session.get().driver().ifPresent(before -> details.put("from", before.value()));
            details.put("to", driver.value());
            card.ifPresent(owned -> details.put("card", owned.id().value()));
            details.put("reason", reason);
            audit.record(Optional.of(operator), "session.owner", "session " + id, details);
        }
        return correction;
    }
}
