package express.polaris.api;

import express.polaris.accounts.Account;
import express.polaris.platform.refusals.BadParameter;
import express.polaris.sessions.SessionFilter;
import express.polaris.sessions.SessionStatus;
import io.swagger.v3.oas.annotations.Parameter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Query parameters that filter the driver's sessions. An unknown or malformed id matches nothing.
 *
 * @param from first day on which a session starts, in the driver's time zone
 * @param to last day on which a session starts, inclusive
 */
record SessionQuery(
        @Parameter(description = "`in_progress` or `completed`") @Nullable
        String status,

        @Parameter(description = "First start day, in your time zone, e.g. 2026-03-01") @Nullable
        String from,

        @Parameter(description = "Last start day, inclusive, in your time zone") @Nullable
        String to,

        @Parameter(description = "The id of a card") @Nullable
        String cardId,

        @Parameter(description = "A charge box id, case-insensitive") @Nullable
        String chargeBoxId) {

    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final long NOBODYS_CARD = -1;

    /**
     * @throws BadParameter when a parameter is invalid
     */
    SessionFilter filter(Account driver) {
        return SessionFilter.of(driver.id())
                .withStatus(Optional.ofNullable(status).map(SessionQuery::status))
                .withStart(
                        day("from", from).map(day -> startOf(day, driver)),
                        day("to", to).map(day -> startOf(day.plusDays(1), driver)))
                .withCard(
                        Optional.ofNullable(cardId).map(id -> PathIds.parse(id).orElse(NOBODYS_CARD)))
                .withChargeBox(Optional.ofNullable(chargeBoxId));
    }

    static SessionStatus status(String text) {
        return Arrays.stream(SessionStatus.values())
                .filter(status -> status.wireName().equals(text))
                .findFirst()
                .orElseThrow(() -> new BadParameter("status", "in_progress or completed"));
    }

    static Optional<LocalDate> day(String name, @Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            if (DATE.matcher(text).matches()) {
                return Optional.of(LocalDate.parse(text));
            }
        } catch (DateTimeException e) {
            // falls through to the exception below
        }
        throw new BadParameter(name, "a date such as 2026-03-31");
    }

    static Instant startOf(LocalDate day, Account driver) {
        return day.atStartOfDay(driver.timeZone()).toInstant();
    }
}
