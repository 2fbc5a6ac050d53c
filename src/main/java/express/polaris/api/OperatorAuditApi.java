package express.polaris.api;

import com.fasterxml.jackson.annotation.JsonRawValue;
import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.AuditLog;
import express.polaris.accounts.SignedInAccount;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.util.Optional;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Audit log, for operators. */
@RestController
class OperatorAuditApi {

    private final AuditLog audit;

    OperatorAuditApi(AuditLog audit) {
        this.audit = audit;
    }

    /**
     * @param actorId null for the system
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

    /** Newest first. */
    @GetMapping("/api/v1/operator/audit")
    @Operation(summary = "Audit log, newest first")
    CursorPage<Entry> list(
            @ParameterObject @ModelAttribute AuditQuery query,
            @RequestParam Optional<String> cursor,
            @RequestParam Optional<String> limit,
            @SignedInAccount Account operator) {
        int most = CursorPage.limit(limit);
        var found = audit.page(query.filter(operator), CursorPage.idIn(cursor), most + 1);
        return CursorPage.byId(found, most, AuditLog.Entry::id, Entry::of);
    }
}
