package express.polaris.sessions.events;

import express.polaris.accounts.AccountId;
import express.polaris.metering.MeterStop;
import express.polaris.metering.MeteredTransaction;
import express.polaris.platform.sql.SqlTime;
import express.polaris.sessions.SessionRows;
import express.polaris.sessions.TransactionFacts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Stored state of a session, as far as SteVe's answers are compared with it.
 *
 * @param startedAt believed start; differs from SteVe's if the station clock is wrong
 * @param sight when the transaction was seen (portal clock)
 * @param word an operator's statement about its energy
 * @param driver the owner
 * @param finalizedAt when SteVe was first found to have closed it (portal clock); empty while live
 * @param lastReadAt when the stored details were requested
 */
public record KnownSession(
        TransactionFacts facts,
        Instant startedAt,
        MeteredTransaction.Sight sight,
        MeteredTransaction.Word word,
        Optional<AccountId> driver,
        Optional<Instant> finalizedAt,
        Optional<Instant> lastReadAt,
        boolean isGone) {

    static KnownSession of(ResultSet row, int number) throws SQLException {
        return new KnownSession(
                SessionRows.facts(row, number),
                SqlTime.required(row, "started_at"),
                new MeteredTransaction.Sight(
                        SqlTime.required(row, "first_seen_at"),
                        SqlTime.instant(row, "stop_seen_at"),
                        Optional.ofNullable(row.getObject("clock_shift_micros", Long.class))
                                .map(micros -> Duration.of(micros, ChronoUnit.MICROS))),
                new MeteredTransaction.Word(
                        SessionRows.energy(row, "decided_energy_wh"), SqlTime.instant(row, "jumps_real_until")),
                Optional.ofNullable(row.getObject("driver_id", Long.class)).map(AccountId::new),
                SqlTime.instant(row, "finalized_at"),
                SqlTime.instant(row, "last_read_at"),
                SqlTime.instant(row, "gone_from_steve_at").isPresent());
    }

    boolean isLive() {
        return finalizedAt.isEmpty();
    }

    /** The sight for these facts: without the time at which the stop was seen if their stop has another time. */
    MeteredTransaction.Sight sightOf(TransactionFacts seen) {
        return facts.stop().map(MeterStop::at).equals(seen.stop().map(MeterStop::at))
                ? sight
                : new MeteredTransaction.Sight(sight.first(), Optional.empty(), sight.clockShift());
    }

    boolean wasReadAfter(Instant instant) {
        return lastReadAt.filter(instant::isBefore).isPresent();
    }

    boolean wasClosedAfter(Instant instant) {
        return finalizedAt.filter(instant::isBefore).isPresent();
    }

    /** Whether the session was read, has vanished, or has a decided energy; each of these writes events. */
    boolean mayHaveEvents() {
        return lastReadAt.isPresent() || isGone || word.decided().isPresent();
    }
}
