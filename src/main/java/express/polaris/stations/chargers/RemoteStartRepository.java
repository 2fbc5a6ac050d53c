package express.polaris.stations.chargers;

import express.polaris.accounts.AccountId;
import express.polaris.platform.sql.SqlTime;
import express.polaris.stations.cards.EvCardId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Last remote start per driver, charge box, connector and card. The row stores the outcome and is the claim that
 * permits sending a start.
 */
@Repository
class RemoteStartRepository {

    /** Identifies equal starts. Without a connector the charger chooses; such a start has a slot of its own. */
    record Slot(AccountId driver, ChargeBoxId chargeBox, Optional<Integer> connector, EvCardId card) {}

    /** Permission to send a start, until another start takes the slot. */
    record Claim(long id, Instant requestedAt) {}

    private final JdbcClient jdbc;

    RemoteStartRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Claims the slot unless its start was requested after {@code freeIfBefore}; atomic, in one statement. */
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

    /** Claims the slot from a finished start; empty if another start has claimed it meanwhile. */
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

    /** Frees the slot after a start without an outcome, so that the next one is sent. */
    void release(Claim claim) {
        jdbc.sql("delete from remote_starts where id = :id and requested_at = :requestedAt")
                .param("id", claim.id())
                .param("requestedAt", SqlTime.utc(claim.requestedAt()))
                .update();
    }

    /** Start that holds the slot; without an outcome it is still in progress. */
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
