package express.polaris.api;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.AuditFilter;
import io.swagger.v3.oas.annotations.Parameter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Query parameters that filter the audit log. An unknown or malformed id matches nothing. */
record AuditQuery(
        @Parameter(description = "The id of the account that acted") @Nullable
        String actorId,

        @Parameter(description = "An action, in full, e.g. `card.link`") @Nullable
        String action,

        @Parameter(description = "The start of a subject, e.g. `session 4711`") @Nullable
        String subject,

        @Parameter(description = "First day, in your time zone, e.g. 2026-03-01") @Nullable
        String from,

        @Parameter(description = "Last day, inclusive, in your time zone") @Nullable
        String to) {

    private static final AccountId NOBODY = new AccountId(-1);

    /**
     * @throws express.polaris.platform.refusals.BadParameter when a parameter is invalid
     */
    AuditFilter filter(Account operator) {
        return new AuditFilter(
                Optional.ofNullable(actorId)
                        .map(id -> PathIds.parse(id).map(AccountId::new).orElse(NOBODY)),
                Optional.ofNullable(action),
                Optional.ofNullable(subject),
                SessionQuery.day("from", from).map(day -> SessionQuery.startOf(day, operator)),
                SessionQuery.day("to", to).map(day -> SessionQuery.startOf(day.plusDays(1), operator)));
    }
}
