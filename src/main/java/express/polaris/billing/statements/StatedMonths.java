package express.polaris.billing.statements;

import express.polaris.sessions.SessionId;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/**
 * What a driver's statements have so far.
 *
 * @param sessions latest line of each session
 * @param months months with a statement
 */
record StatedMonths(Map<SessionId, Latest> sessions, Map<YearMonth, Month> months) {

    /** A session's latest line, and the month and zone of its statement. */
    record Latest(YearMonth month, ZoneId zone, StatementLine line) {}

    /**
     * @param original number of the month's statement
     * @param revision of its latest correction; 0 without one
     */
    record Month(String original, int revision) {}

    Optional<Latest> of(SessionId session) {
        return Optional.ofNullable(sessions.get(session));
    }

    /** Amount of a month as stated so far, unrounded. */
    BigDecimal exactAmount(YearMonth month) {
        return sessions.values().stream()
                .filter(latest -> latest.month().equals(month))
                .map(latest -> latest.line()
                        .energy()
                        .kilowattHours()
                        .multiply(latest.line().rate()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
