package express.polaris.chargers;

import express.polaris.accounts.AccountId;
import express.polaris.cards.EvCardId;
import express.polaris.database.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * A driver's last start with each card at each connector. The row is both the memory of the outcome and the right to send
 * a start.
 */
@Repository
class RemoteStartRepository {

    /** Whose start, where and with what; without a connector the charger chooses, and that is a start of its own. */
    record Slot(AccountId driver, ChargeBoxId chargeBox, Optional<Integer> connector, EvCardId card) {}

    /** The right to send a start, until another one has taken the slot. */
    record Claim(long id, Instant requestedAt) {}

    private final JdbcClient jdbc;

    RemoteStartRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Takes the slot unless a start holds it that was requested after {@code freeIfBefore}; one statement decides. */
    Optional<Claim> claim(Slot slot, Instant now, Instant freeIfBefore) {
        return jdbc.sql("""
            insert into remote_starts as s (driver_id, charge_box, connector_id, ev_card_id, requested_at)
            values (:driver, :box, :connector, :card, :now)
            on conflict (driver_id, lower(charge_box), connector_id, ev_card_id) do update
                set requested_at = excluded.requested_at, outcome = null, message = null
                where s.requested_at <= :freeIfBefore
            returning s.id, s.requested_at
            """)
                .param("driver", slot.driver().value())
                .param("box", slot.chargeBox().value())
                .param("connector", slot.connector().orElse(null), Types.INTEGER)
                .param("card", slot.card().value())
                .param("now", SqlTime.utc(now))
                .param("freeIfBefore", SqlTime.utc(freeIfBefore))
                .query((row, number) -> new Claim(row.getLong("id"), requestedAt(row)))
                .optional();
    }

    /** Takes the slot from a start that is over; from one that took it meanwhile nothing is taken. */
    Optional<Claim> takeOver(Holder holder, Instant now) {
        return jdbc.sql("""
            update remote_starts set requested_at = :now, outcome = null, message = null
            where id = :id and requested_at = :requestedAt and outcome is not null
            returning id, requested_at
            """)
                .param("now", SqlTime.utc(now))
                .param("id", holder.claim().id())
                .param("requestedAt", SqlTime.utc(holder.claim().requestedAt()))
                .query((row, number) -> new Claim(row.getLong("id"), requestedAt(row)))
                .optional();
    }

    void finish(Claim claim, CommandOutcome outcome) {
        jdbc.sql("""
            update remote_starts set outcome = :outcome, message = :message
            where id = :id and requested_at = :requestedAt
            """)
                .param("outcome", outcome.kind().name())
                .param("message", outcome.message())
                .param("id", claim.id())
                .param("requestedAt", SqlTime.utc(claim.requestedAt()))
                .update();
    }

    /** Nothing reached the charger: the next start is a first one. */
    void release(Claim claim) {
        jdbc.sql("delete from remote_starts where id = :id and requested_at = :requestedAt")
                .param("id", claim.id())
                .param("requestedAt", SqlTime.utc(claim.requestedAt()))
                .update();
    }

    /** Empty when no start holds the slot; a holder whose outcome is empty is still under way. */
    Optional<Holder> holder(Slot slot) {
        return jdbc.sql("""
            select id, requested_at, outcome, message from remote_starts
            where driver_id = :driver and lower(charge_box) = lower(:box)
              and connector_id is not distinct from :connector and ev_card_id = :card
            """)
                .param("driver", slot.driver().value())
                .param("box", slot.chargeBox().value())
                .param("connector", slot.connector().orElse(null), Types.INTEGER)
                .param("card", slot.card().value())
                .query(RemoteStartRepository::holder)
                .optional();
    }

    record Holder(Claim claim, Optional<CommandOutcome> outcome) {}

    private static Holder holder(ResultSet row, int number) throws SQLException {
        var kind = Optional.ofNullable(row.getString("outcome"));
        var message = Optional.ofNullable(row.getString("message")).orElse("");
        return new Holder(
                new Claim(row.getLong("id"), requestedAt(row)),
                kind.map(word -> new CommandOutcome(CommandOutcome.Kind.valueOf(word), message)));
    }

    private static Instant requestedAt(ResultSet row) throws SQLException {
        return SqlTime.required(row, "requested_at");
    }
}
