package express.polaris.api;

import com.fasterxml.jackson.annotation.JsonRawValue;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.AuditLog;
import java.time.Instant;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What people did. */
@RestController
class OperatorAuditApi {

    private final AuditLog audit;

    OperatorAuditApi(AuditLog audit) {
        this.audit = audit;
    }

    /**
     * @param actorId null for the system itself
     * @param details a JSON object
     */
    record Entry(
            long id,
            Instant at,
            Optional<Long> actorId,
            String action,
            String subject,
            @JsonRawValue String details) {

        static Entry of(AuditLog.Entry entry) {
            return new Entry(
                    entry.id(),
                    entry.at(),
                    entry.actor().map(AccountId::value),
                    entry.action(),
                    entry.subject(),
                    entry.details());
        }
    }

    /** The newest first. */
    @GetMapping("/api/v1/operator/audit")
    Listing<Entry> list(
            @RequestParam Optional<String> cursor, @RequestParam(defaultValue = Listing.DEFAULT_LIMIT) int limit) {
        var found = audit.page(Listing.position(cursor), Listing.limit(limit) + 1);
        return Listing.byId(found, limit, AuditLog.Entry::id, Entry::of);
    }
}
