package express.polaris.api;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.AuditFilter;
import io.swagger.v3.oas.annotations.Parameter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which entries of the audit log are meant, as the query says it. An id that is unknown, or none, matches nothing. */
record AuditQuery(
        @Parameter(description = "The id of whoever did it") @Nullable
        String actorId,

        @Parameter(description = "The whole of an action, e.g. `card.link`") @Nullable
        String action,

        @Parameter(description = "How a subject begins, e.g. `session 4711`") @Nullable
        String subject,

        @Parameter(description = "First day, in your time zone, e.g. 2026-03-01") @Nullable
        String from,

        @Parameter(description = "Last day, included, in your time zone") @Nullable
        String to) {

    private static final AccountId NOBODY = new AccountId(-1);

    /** @throws express.polaris.problems.BadParameter when a part cannot be used */
    AuditFilter filter(Account operator) {
        return new AuditFilter(
                Optional.ofNullable(actorId)
                        .map(id -> Ids.parse(id).map(AccountId::new).orElse(NOBODY)),
                Optional.ofNullable(action),
                Optional.ofNullable(subject),
                SessionQuery.day("from", from).map(day -> SessionQuery.startOf(day, operator)),
                SessionQuery.day("to", to).map(day -> SessionQuery.startOf(day.plusDays(1), operator)));
    }
}
