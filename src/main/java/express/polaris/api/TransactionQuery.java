package express.polaris.api;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.platform.refusals.BadParameter;
import express.polaris.sessions.SessionFilter;
import express.polaris.sessions.SessionTrait;
import io.swagger.v3.oas.annotations.Parameter;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Query parameters that filter sessions for operators. An unknown or malformed id matches nothing. */
record TransactionQuery(
        @Parameter(description = "`true`: with an owner, `false`: without an owner") @Nullable
        String linked,

        @Parameter(description = "`in_progress` or `completed`") @Nullable
        String status,

        @Parameter(description = "`true`: stuck (active, but silent for too long or overtaken)") @Nullable
        String stuck,

        @Parameter(
                description =
                        "`awaiting_final_reading`, `flagged`, a flag such as `implausible`, `vanished` or `reused_id`")
        @Nullable
        String flag,

        @Parameter(description = "The id of a driver") @Nullable
        String driverId,

        @Parameter(description = "A charge box id, case-insensitive") @Nullable
        String chargeBoxId,

        @Parameter(description = "An idTag, case-insensitive") @Nullable
        String idTag,

        @Parameter(description = "First start day, in your time zone, e.g. 2026-03-01") @Nullable
        String from,

        @Parameter(description = "Last start day, inclusive, in your time zone") @Nullable
        String to) {

    private static final AccountId NOBODY = new AccountId(-1);

    /**
     * @throws BadParameter when a parameter is invalid
     */
    SessionFilter filter(Account operator) {
        return SessionFilter.all()
                .withLinked(yesOrNo("linked", linked))
                .withStatus(Optional.ofNullable(status).map(SessionQuery::status))
                .withStuck(yesOrNo("stuck", stuck))
                .withTrait(Optional.ofNullable(flag).map(TransactionQuery::trait))
                .withDriver(Optional.ofNullable(driverId)
                        .map(id -> PathIds.parse(id).map(AccountId::new).orElse(NOBODY)))
                .withChargeBox(Optional.ofNullable(chargeBoxId))
                .withIdTag(Optional.ofNullable(idTag))
                .withStart(
                        SessionQuery.day("from", from).map(day -> SessionQuery.startOf(day, operator)),
                        SessionQuery.day("to", to).map(day -> SessionQuery.startOf(day.plusDays(1), operator)));
    }

    private static SessionTrait trait(String text) {
        return SessionTrait.ofWireName(text)
                .orElseThrow(() -> new BadParameter(
                        "flag",
                        Arrays.stream(SessionTrait.values())
                                .map(SessionTrait::wireName)
                                .collect(Collectors.joining(", "))));
    }

    private static Optional<Boolean> yesOrNo(String name, @Nullable String text) {
        return Optional.ofNullable(text).map(given -> switch (given) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new BadParameter(name, "true or false");
        });
    }
}
