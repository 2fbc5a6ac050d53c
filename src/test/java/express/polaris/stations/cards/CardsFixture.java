package express.polaris.stations.cards;

import express.polaris.accounts.AccountId;
import express.polaris.platform.notices.NoticeBoard;
import express.polaris.platform.sql.SqlTime;
import express.polaris.steve.SteveClient;
import express.polaris.testing.MutableClock;
import express.polaris.testing.TestDatabase;
import express.polaris.units.Energy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** The cards module on its own database, with sessions reduced to one table. The clock is at 2026-03-10 12:00 UTC. */
public final class CardsFixture {

    public static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");

    public final DataSource database = TestDatabase.freshPool();
    public final JdbcClient jdbc = JdbcClient.create(database);
    public final PlatformTransactionManager transactions = new JdbcTransactionManager(database);
    public final MutableClock clock = new MutableClock(NOON);
    public final CardService cards = new CardService(new CardRepository(jdbc), clock);
    public final CardLinkService links =
            new CardLinkService(new CardRepository(jdbc), new TableHistory(jdbc), transactions, clock);
    /** The published events. */
    public final List<Object> events = new ArrayList<>();

    public final AccountId anna = account("anna@example.org");
    public final AccountId ben = account("ben@example.org");

    public CardsFixture() {
        jdbc.sql("""
            create table charges (
                id_tag text not null, started_at timestamptz not null, card bigint references ev_cards)
            """).update();
    }

    /** A board on this database that nobody has started. */
    public NoticeBoard board() {
        return new NoticeBoard(database::getConnection);
    }

    public LostCardService lostCards(SteveClient steve) {
        return new LostCardService(
                new CardRepository(jdbc),
                new LostCardRepository(jdbc),
                new SteveTagBlocking(steve, clock),
                events::add,
                transactions,
                clock);
    }

    /** Links the idTag to the driver from an hour ago. */
    public EvCard card(String idTag, AccountId driver) {
        return done(links.link(new IdTag(idTag), driver, Optional.empty(), Optional.empty()));
    }

    public static EvCard done(CardChange change) {
        return change.card();
    }

    /** Imports a session and assigns it to the owner of the idTag at its start. */
    void charge(String idTag, Instant startedAt) {
        jdbc.sql("insert into charges (id_tag, started_at, card) values (:idTag, :startedAt, :card)")
                .param("idTag", idTag)
                .param("startedAt", SqlTime.utc(startedAt))
                .param(
                        "card",
                        cards.ownerAt(new IdTag(idTag), startedAt)
                                .map(card -> card.id().value())
                                .orElse(null))
                .update();
    }

    long sessionsOf(EvCard card) {
        return jdbc.sql("select count(*) from charges where card = :card")
                .param("card", card.id().value())
                .query(Long.class)
                .single();
    }

    private AccountId account(String email) {
        return new AccountId(jdbc.sql("""
            insert into accounts (email, name, role, locale, time_zone, created_at)
            values (:email, :email, 'DRIVER', 'en', 'UTC', :now)
            returning id
            """)
                .param("email", email)
                .param("now", SqlTime.utc(NOON))
                .query(Long.class)
                .single());
    }

    private record TableHistory(JdbcClient jdbc) implements SessionHistory {

        @Override
        public int attachUnowned(EvCard card) {
            return jdbc.sql("""
                update charges set card = :card
                where lower(id_tag) = lower(:idTag) and card is null
                  and started_at >= :from and started_at < coalesce(:until, 'infinity'::timestamptz)
                """)
                    .param("card", card.id().value())
                    .param("idTag", card.idTag().value())
                    .param("from", SqlTime.utc(card.from()))
                    .param("until", SqlTime.utc(card.until()))
                    .update();
        }

        @Override
        public CardSessions sessionsOf(EvCardId card) {
            return jdbc.sql("""
                select count(*)::int as n, min(started_at) as first, max(started_at) as last
                from charges where card = :card
                """)
                    .param("card", card.value())
                    .query((row, number) -> new CardSessions(
                            row.getInt("n"), Energy.ZERO, SqlTime.instant(row, "first"), SqlTime.instant(row, "last")))
                    .single();
        }

        @Override
        public Optional<Instant> latestOwnedStart(EvCardId card) {
            return jdbc.sql("select started_at from charges where card = :card order by started_at desc limit 1")
                    .param("card", card.value())
                    .query((row, number) -> SqlTime.required(row, "started_at"))
                    .optional();
        }
    }
}
