package express.polaris.sessions.ownership;

import express.polaris.accounts.AccountId;
import express.polaris.accounts.AuditLog;
import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.refusals.NotFound;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionService;
import express.polaris.stations.cards.CardService;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Moves a wrongly attached session to its actual driver on behalf of an operator, together with an audit-log entry. */
@Service
public class OwnerCorrections {

    private final SessionService sessions;
    private final SessionOwnership ownership;
    private final CardService cards;
    private final AuditLog audit;

    OwnerCorrections(SessionService sessions, SessionOwnership ownership, CardService cards, AuditLog audit) {
        this.sessions = sessions;
        this.ownership = ownership;
        this.cards = cards;
        this.audit = audit;
    }

    /**
     * Assigns the session to the driver, and to the driver's card if the session's idTag was theirs at its start.
     *
     * @param driver an existing account
     * @param reason in the operator's words
     * @throws NotFound if there is no such session
     * @throws Conflict if events of the session are on an invoice
     */
    @Transactional
    public void correct(AccountId operator, SessionId id, AccountId driver, String reason) {
        var session = sessions.find(id).orElseThrow(NotFound::new);
        var card = cards.ownerAt(session.idTag(), session.startedAt())
                .filter(owned -> owned.driver().equals(driver));
        ownership.correctOwner(id, driver, card);
        var details = new LinkedHashMap<String, Object>();
        session.driver().ifPresent(before -> details.put("from", before.value()));
        details.put("to", driver.value());
        card.ifPresent(owned -> details.put("card", owned.id().value()));
        details.put("reason", reason);
        audit.record(Optional.of(operator), "session.owner", "session " + id, details);
    }
}
