package express.polaris.stations.cards;

import express.polaris.accounts.AccountId;
import express.polaris.platform.sql.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Repository of {@code ev_cards} and {@code id_tags}. */
@Repository
class CardRepository {

    static final String ONE_OWNER_AT_A_TIME = "ev_cards_one_owner_at_a_time";
    static final String DRIVER_EXISTS = "ev_cards_driver_id_fkey";

    private static final String SELECT = """
        select c.id, t.id_tag, c.driver_id, c.owned_from, c.owned_until, c.label, c.colour, c.lost_at
        from ev_cards c join id_tags t on t.id = c.id_tag_id
        """;

    private final JdbcClient jdbc;

    CardRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Blocks every change to the ownerships of these idTags until the transaction ends. */
    void lockForReading(Collection<IdTag> idTags) {
        lock("pg_advisory_xact_lock_shared", idTags);
    }

    /** Serialises changes to the ownerships of these idTags, including idTags that are not known yet. */
    void lockForChange(Collection<IdTag> idTags) {
        lock("pg_advisory_xact_lock", idTags);
    }

    /** Locks in the order of the keys, so that two transactions cannot deadlock. */
    private void lock(String function, Collection<IdTag> idTags) {
        jdbc.sql("select " + function + """
            (key) from (select distinct hashtextextended('idTag ' || lower(id_tag), 0) as key
                          from unnest(:idTags) id_tag order by 1) keys
            """)
                .param("idTags", idTags.stream().map(IdTag::value).toArray(String[]::new))
                .query((row, number) -> number)
                .list();
    }

    Optional<EvCard> ownerAt(IdTag idTag, Instant instant) {
        return jdbc.sql(SELECT + """
            where lower(t.id_tag) = lower(:idTag)
              and c.owned_from <= :instant and (c.owned_until is null or c.owned_until > :instant)
            """)
                .param("idTag", idTag.value())
                .param("instant", SqlTime.utc(instant))
                .query(CardRepository::card)
                .optional();
    }

    Optional<EvCard> find(EvCardId id) {
        return jdbc.sql(SELECT + "where c.id = :id")
                .param("id", id.value())
                .query(CardRepository::card)
                .optional();
    }

    Optional<EvCard> find(AccountId driver, EvCardId id) {
        return jdbc.sql(SELECT + "where c.id = :id and c.driver_id = :driver")
                .param("id", id.value())
                .param("driver", driver.value())
                .query(CardRepository::card)
                .optional();
    }

    Optional<EvCard> findOpen(AccountId driver, EvCardId id, Instant now) {
        return jdbc.sql(SELECT + """
            where c.id = :id and c.driver_id = :driver
              and c.owned_from <= :now and (c.owned_until is null or c.owned_until > :now)
            """)
                .param("id", id.value())
                .param("driver", driver.value())
                .param("now", SqlTime.utc(now))
                .query(CardRepository::card)
                .optional();
    }

    /** Ownerships that have not ended first, then by start, latest first. */
    List<EvCard> ofDriver(AccountId driver, Instant now) {
        return jdbc.sql(SELECT + """
            where c.driver_id = :driver
            order by (c.owned_until is null or c.owned_until > :now) desc, c.owned_from desc, c.id desc
            """)
                .param("driver", driver.value())
                .param("now", SqlTime.utc(now))
                .query(CardRepository::card)
                .list();
    }

    List<EvCard> ofIdTag(IdTag idTag) {
        return jdbc.sql(SELECT + "where lower(t.id_tag) = lower(:idTag) order by c.owned_from desc, c.id desc")
                .param("idTag", idTag.value())
                .query(CardRepository::card)
                .list();
    }

    /** Filters by the state of {@link EvCard#stateAt}. */
    List<EvCard> page(CardFilter filter, int limit, Optional<EvCardId> after, Instant now) {
        return jdbc.sql(SELECT + """
            where (cast(:idTag as text) is null or lower(t.id_tag) = lower(:idTag))
              and (cast(:driver as bigint) is null or c.driver_id = :driver)
              and (cast(:state as text) is null or :state = case
                    when c.owned_until <= :now then 'ENDED'
                    when c.lost_at is not null then 'LOST'
                    else 'ACTIVE' end)
              and (cast(:after as bigint) is null or c.id < :after)
            order by c.id desc
            limit :limit
            """)
                .param("idTag", filter.idTag().map(IdTag::value).orElse(null))
                .param("driver", filter.driver().map(AccountId::value).orElse(null))
                .param("state", filter.state().map(CardState::name).orElse(null))
                .param("after", after.map(EvCardId::value).orElse(null))
                .param("now", SqlTime.utc(now))
                .param("limit", limit)
                .query(CardRepository::card)
                .list();
    }

    /** Latest ownership of each idTag. */
    List<EvCard> latest() {
        return jdbc.sql("""
            select distinct on (c.id_tag_id)
                   c.id, t.id_tag, c.driver_id, c.owned_from, c.owned_until, c.label, c.colour, c.lost_at
            from ev_cards c join id_tags t on t.id = c.id_tag_id
            order by c.id_tag_id, c.owned_from desc, c.id desc
            """).query(CardRepository::card).list();
    }

    /** Number of open ownerships per driver; leaves out drivers without any. */
    Map<AccountId, Integer> openCounts(Collection<AccountId> drivers, Instant now) {
        return jdbc
                .sql("""
            select driver_id, count(*)::int as cards from ev_cards
            where driver_id = any(:drivers)
              and owned_from <= :now and (owned_until is null or owned_until > :now)
            group by driver_id
            """)
                .param("drivers", drivers.stream().map(AccountId::value).toArray(Long[]::new))
                .param("now", SqlTime.utc(now))
                .query((row, number) -> Map.entry(new AccountId(row.getLong("driver_id")), row.getInt("cards")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** First ownership of this idTag that has not ended at that instant. */
    Optional<EvCard> firstAfter(IdTag idTag, Instant from) {
        return jdbc.sql(SELECT + """
            where lower(t.id_tag) = lower(:idTag)
              and tstzrange(c.owned_from, c.owned_until) && tstzrange(:from, null)
            order by c.owned_from
            limit 1
            """)
                .param("idTag", idTag.value())
                .param("from", SqlTime.utc(from))
                .query(CardRepository::card)
                .optional();
    }

    /** End of the latest ownership that has ended; empty without one. */
    Optional<Instant> freeSince(IdTag idTag, Instant now) {
        return jdbc.sql("""
            select max(c.owned_until) as free_since
            from ev_cards c join id_tags t on t.id = c.id_tag_id
            where lower(t.id_tag) = lower(:idTag) and c.owned_until <= :now
            """)
                .param("idTag", idTag.value())
                .param("now", SqlTime.utc(now))
                .query((row, number) -> SqlTime.instant(row, "free_since"))
                .single();
    }

    /**
     * @throws org.springframework.dao.DataIntegrityViolationException with the name of the violated constraint
     */
    EvCardId insert(IdTag idTag, AccountId driver, Instant from, String label, String colour, Instant now) {
        jdbc.sql("insert into id_tags (id_tag) values (:idTag) on conflict (lower(id_tag)) do nothing")
                .param("idTag", idTag.value())
                .update();
        return jdbc.sql("""
            insert into ev_cards (id_tag_id, driver_id, owned_from, label, colour, created_at)
            select id, :driver, :from, :label, :colour, :now from id_tags where lower(id_tag) = lower(:idTag)
            returning id
            """)
                .param("idTag", idTag.value())
                .param("driver", driver.value())
                .param("from", SqlTime.utc(from))
                .param("label", label)
                .param("colour", colour)
                .param("now", SqlTime.utc(now))
                .query((row, number) -> new EvCardId(row.getLong("id")))
                .single();
    }

    /**
     * @throws org.springframework.dao.DataIntegrityViolationException with the name of the violated constraint
     */
    void end(EvCardId id, Instant until) {
        jdbc.sql("update ev_cards set owned_until = :until where id = :id")
                .param("until", SqlTime.utc(until))
                .param("id", id.value())
                .update();
    }

    /** Returns false and changes nothing unless the ownership is the driver's and open. */
    boolean describe(AccountId driver, EvCardId id, Optional<String> label, Optional<String> colour, Instant now) {
        return jdbc.sql("""
            update ev_cards set label = coalesce(:label, label), colour = coalesce(:colour, colour)
            where id = :id and driver_id = :driver
              and owned_from <= :now and (owned_until is null or owned_until > :now)
            """)
                        .param("label", label.orElse(null))
                        .param("colour", colour.orElse(null))
                        .param("id", id.value())
                        .param("driver", driver.value())
                        .param("now", SqlTime.utc(now))
                        .update()
                == 1;
    }

    /** Includes ended ownerships. */
    void forgetLabels(AccountId driver, String label) {
        jdbc.sql("update ev_cards set label = ? where driver_id = ?")
                .param(label)
                .param(driver.value())
                .update();
    }

    static EvCard card(ResultSet row, int number) throws SQLException {
        return new EvCard(
                new EvCardId(row.getLong("id")),
                new IdTag(row.getString("id_tag")),
                new CardOwnership(
                        new AccountId(row.getLong("driver_id")),
                        SqlTime.required(row, "owned_from"),
                        SqlTime.instant(row, "owned_until")),
                row.getString("label"),
                row.getString("colour"),
                SqlTime.instant(row, "lost_at"));
    }
}
