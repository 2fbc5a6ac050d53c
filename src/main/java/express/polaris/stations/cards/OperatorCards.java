package express.polaris.stations.cards;

import express.polaris.accounts.AccountId;
import express.polaris.accounts.AuditLog;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** {@link CardLinkService} on behalf of an operator; each change and its audit entry are one transaction. */
@Service
public class OperatorCards {

    private final CardLinkService links;
    private final AuditLog audit;

    OperatorCards(CardLinkService links, AuditLog audit) {
        this.links = links;
        this.audit = audit;
    }

    /** See {@link CardLinkService#link}. */
    @Transactional
    public CardChange link(
            AccountId operator, IdTag idTag, AccountId driver, Optional<String> label, Optional<Instant> from) {
        return noted(operator, "card.link", links.link(idTag, driver, label, from), Map.of());
    }

    /** See {@link CardLinkService#unlink}. */
    @Transactional
    public CardChange unlink(AccountId operator, EvCardId id, Optional<Instant> until) {
        return noted(operator, "card.unlink", links.unlink(id, until), Map.of());
    }

    /** See {@link CardLinkService#transfer}. */
    @Transactional
    public CardChange transfer(AccountId operator, EvCardId id, AccountId driver, Optional<Instant> from) {
        return noted(operator, "card.transfer", links.transfer(id, driver, from), Map.of("fromCard", id.value()));
    }

    private CardChange noted(AccountId operator, String action, CardChange change, Map<String, ?> more) {
        var card = change.card();
        var details = new LinkedHashMap<String, Object>(more);
        details.put("driver", card.driver().value());
        details.put("from", card.from());
        card.until().ifPresent(until -> details.put("until", until));
        details.put("attachedSessions", change.attachedSessions());
        audit.record(Optional.of(operator), action, "card " + card.id().value(), details);
        return change;
    }
}
