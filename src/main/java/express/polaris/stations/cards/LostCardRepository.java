package express.polaris.stations.cards;

import express.polaris.accounts.AccountId;
import express.polaris.platform.sql.SqlTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Lost cards, and idTags that SteVe has yet to block. */
@Repository
class LostCardRepository {

    /** Card whose idTag SteVe has yet to block. */
    record OwedBlock(EvCardId card, IdTag idTag) {}

    private static final String RETURNING_OWED = """
        returning c.id, (select t.id_tag from id_tags t where t.id = c.id_tag_id) as id_tag
        """;

    private final JdbcClient jdbc;

    LostCardRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Keeps the time of the first report.
     *
     * @return whether this is the first report; empty, without a change, unless the ownership is the driver's and open
     */
    Optional<Boolean> markLost(AccountId driver, EvCardId id, Instant now) {
        return jdbc.sql("""
            with before as (
                select id, lost_at from ev_cards
                where id = :id and driver_id = :driver
                  and owned_from <= :now and (owned_until is null or owned_until > :now)
                for no key update)
            update ev_cards c
            set block_owed = c.block_owed or before.lost_at is null, lost_at = coalesce(before.lost_at, :now)
            from before where c.id = before.id
            returning before.lost_at is null as first
            """)
                .param("id", id.value())
                .param("driver", driver.value())
                .param("now", SqlTime.utc(now))
                .query((row, number) -> row.getBoolean("first"))
                .optional();
    }

    /** Marks every open card of the driver as to be blocked. */
    List<EvCardId> oweBlocks(AccountId driver, Instant now) {
        return jdbc.sql("""
            update ev_cards set block_owed = true
            where driver_id = :driver
              and owned_from <= :now and (owned_until is null or owned_until > :now)
            returning id
            """)
                .param("driver", driver.value())
                .param("now", SqlTime.utc(now))
                .query((row, number) -> new EvCardId(row.getLong("id")))
                .list();
    }

    /**
     * @return false, without a change, if the card has ended
     */
    boolean oweBlock(EvCardId card, Instant now) {
        return jdbc.sql("""
            update ev_cards set block_owed = true
            where id = :id and (owned_until is null or owned_until > :now)
            """)
                        .param("id", card.value())
                        .param("now", SqlTime.utc(now))
                        .update()
                == 1;
    }

    Optional<OwedBlock> claim(EvCardId id, Instant now) {
        return jdbc.sql("update ev_cards c set block_tried_at = :now where c.id = :id and c.block_owed "
                        + RETURNING_OWED)
                .param("id", id.value())
                .param("now", SqlTime.utc(now))
                .query((row, number) ->
                        new OwedBlock(new EvCardId(row.getLong("id")), new IdTag(row.getString("id_tag"))))
                .optional();
    }

    /**
     * Claims blocks that were not tried since that instant; no other node gets the same ones until they are due again.
     */
    List<OwedBlock> claimDue(Instant notTriedSince, Instant now, int limit) {
        return jdbc.sql("""
            update ev_cards c set block_tried_at = :now
            where c.id in (
                select id from ev_cards
                where block_owed and (block_tried_at is null or block_tried_at <= :notTriedSince)
                order by block_tried_at nulls first, id
                limit :limit
                for update skip locked)
            """ + RETURNING_OWED)
                .param("notTriedSince", SqlTime.utc(notTriedSince))
                .param("now", SqlTime.utc(now))
                .param("limit", limit)
                .query((row, number) ->
                        new OwedBlock(new EvCardId(row.getLong("id")), new IdTag(row.getString("id_tag"))))
                .list();
    }

    void settle(EvCardId id) {
        jdbc.sql("update ev_cards set block_owed = false where id = :id")
                .param("id", id.value())
                .update();
    }

    boolean owed(IdTag idTag) {
        return jdbc.sql("""
            select exists (
                select from ev_cards c join id_tags t on t.id = c.id_tag_id
                where lower(t.id_tag) = lower(:idTag) and c.block_owed)
            """).param("idTag", idTag.value()).query(Boolean.class).single();
    }

    void markFound(EvCardId id) {
        jdbc.sql("update ev_cards set lost_at = null where id = :id")
                .param("id", id.value())
                .update();
    }
}
