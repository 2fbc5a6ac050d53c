package express.polaris.sessions.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.testing.ApplicationTest;
import express.polaris.testing.StoredSessions;
import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Sums of sessions agree with the sessions at any time, before and after they were added up. */
@ApplicationTest
class SessionSumsTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static final String DISAGREEING = """
        select count(*) from (
            (select utc_day(started_at) as day, null::bigint as card, count(*) as sessions, sum(energy_wh) as wh
               from transaction_sync_state group by 1
              union all
             select null, ev_card_id, count(*), sum(energy_wh) from transaction_sync_state
              where ev_card_id is not null group by ev_card_id
              union all
             select null, null, count(*), null from transaction_sync_state)
            except
            (select * from (
                select day, null::bigint, sum(sessions) as sessions, sum(energy_wh)
                  from (select day, sessions, energy_wh from session_days
                        union all select day, sessions, energy_wh from session_changes) d group by day
                 union all
                select null, ev_card_id, sum(sessions), sum(energy_wh)
                  from (select ev_card_id, sessions, energy_wh from card_sessions
                        union all select ev_card_id, sessions, energy_wh from session_changes) c
                 where ev_card_id is not null group by ev_card_id
                 union all
                select null, null, (select sessions from session_count)
                                   + (select coalesce(sum(sessions), 0) from session_changes), null) kept)) wrong
        """;

    private final SessionSums sums;
    private final ChargingStatistics statistics;
    private final JdbcClient jdbc;
    private final StoredSessions stored;

    SessionSumsTest(SessionSums sums, ChargingStatistics statistics, JdbcClient jdbc) {
        this.sums = sums;
        this.statistics = statistics;
        this.jdbc = jdbc;
        this.stored = new StoredSessions(jdbc);
    }

    @Test
    void theyAgreeAfterEveryChange() {
        long driver = stored.driver("Sum");
        long card = card(driver);
        long id = stored.completed("SUMS", Optional.of(driver), Instant.parse("2021-05-03T22:30:00Z"), "7.5");
        assertThat(disagreeing()).isZero();
        sums.addUp();
        assertThat(disagreeing()).isZero();
        stored.set(id, "ev_card_id", card);
        stored.set(id, "energy_wh", new BigDecimal("8000"));
        stored.set(id, "started_at", Instant.parse("2021-05-04T01:00:00Z"));
        assertThat(disagreeing()).isZero();
        sums.addUp();
        sums.addUp();
        assertThat(disagreeing()).isZero();
        assertThat(jdbc.sql("select sessions from card_sessions where ev_card_id = ?")
                        .param(card)
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
        stored.set(id, "ev_card_id", null);
        sums.addUp();
        assertThat(disagreeing()).isZero();
    }

    @Test
    void twoNodesAddAChangeOnce() {
        for (int i = 0; i < 20; i++) {
            stored.open("TWICE", Optional.empty(), Instant.parse("2021-06-0%dT12:00:00Z".formatted(1 + i % 9)));
        }
        var nodes = IntStream.range(0, 4)
                .mapToObj(node -> CompletableFuture.runAsync(sums::addUp))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(nodes).join();
        sums.addUp();
        assertThat(disagreeing()).isZero();
        assertThat(jdbc.sql("select count(*) from session_changes")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    /** The month begins at midnight in Berlin, which is 22:00 of the day before in UTC. */
    @Test
    void aMonthIsThatOfItsZone() {
        stored.completed("MONTHS", Optional.empty(), Instant.parse("2019-06-30T21:59:00Z"), "1");
        stored.completed("MONTHS", Optional.empty(), Instant.parse("2019-06-30T22:00:00Z"), "2");
        stored.completed("MONTHS", Optional.empty(), Instant.parse("2019-07-31T21:00:00Z"), "4");
        stored.completed("MONTHS", Optional.empty(), Instant.parse("2019-07-31T23:00:00Z"), "8");
        var july = YearMonth.of(2019, 7);
        for (int round = 0; round < 2; round++) {
            assertThat(statistics.months(july.minusMonths(2), july.plusMonths(1), BERLIN))
                    .containsExactly(
                            new ChargingStatistics.Month(july.minusMonths(1), 1, Energy.ofWattHours("1000.000")),
                            new ChargingStatistics.Month(july, 2, Energy.ofWattHours("6000.000")),
                            new ChargingStatistics.Month(july.plusMonths(1), 1, Energy.ofWattHours("8000.000")));
            sums.addUp();
        }
        var newYork = ZoneId.of("America/New_York");
        assertThat(statistics.months(july, july, newYork))
                .containsExactly(new ChargingStatistics.Month(july, 2, Energy.ofWattHours("12000.000")));
    }

    private long disagreeing() {
        return jdbc.sql(DISAGREEING).query(Long.class).single();
    }

    private long card(long driver) {
        jdbc.sql("insert into id_tags (id_tag) values ('SUMS') on conflict do nothing")
                .update();
        return jdbc.sql("""
            insert into ev_cards (id_tag_id, driver_id, owned_from, label, colour, created_at)
            select id, ?, '2020-01-01T00:00:00Z', 'Card', 'blue', now() from id_tags where id_tag = 'SUMS'
            returning id
            """).param(driver).query(Long.class).single();
    }
}
