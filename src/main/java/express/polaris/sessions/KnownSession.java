package express.polaris.sessions;

import express.polaris.accounts.AccountId;
import express.polaris.database.SqlTime;
import express.polaris.metering.MeterStop;
import express.polaris.metering.MeteredTransaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A session's row as far as SteVe's answers are compared with it.
 *
 * @param startedAt not what SteVe says where the station's clock is wrong
 * @param sight when it was seen, by our clock
 * @param word what an operator said about its energy
 * @param driver whose it is
 * @param finalizedAt when SteVe was first found to have closed it, by our clock; empty while live
 * @param lastReadAt when the details that are stored were asked for
 */
record KnownSession(
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

    /** When the transaction, with a stop that may be another one, was seen. */
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

    /** Events are written by reads, and when the transaction vanishes. */
    boolean mayHaveEvents() {
        return lastReadAt.isPresent() || isGone;
    }
}
