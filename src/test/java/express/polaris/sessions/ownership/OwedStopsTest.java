package express.polaris.sessions.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.stations.cards.EvCardId;
import express.polaris.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The stop of a session on a lost card is repeated for as long as the session is live. */
class OwedStopsTest {

    private static final Instant REPORTED = Instant.parse("2026-06-15T12:00:00Z");

    private final JdbcClient jdbc = JdbcClient.create(TestDatabase.freshPool());
    private final OwedStopRepository owed = new OwedStopRepository(jdbc);

    @Test
    void aStopIsRetriedTenTimesAMinuteApartThenEverMoreRarelyForever() {
        owed.owe(chargingCard(), REPORTED);

        var tries = new ArrayList<Duration>();
        for (var now = REPORTED; now.isBefore(REPORTED.plus(Duration.ofHours(6))); now = now.plusSeconds(30)) {
            if (!owed.claimDue(now, 20).isEmpty()) {
                tries.add(Duration.between(REPORTED, now));
            }
        }

        assertThat(tries.stream().map(Duration::toMinutes))
                // every minute until the tenth try, then 1, 2, 4, 8, 16, 32 minutes and an hour after the previous one
                .containsExactly(
                        0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 12L, 16L, 24L, 40L, 72L, 132L, 192L, 252L, 312L);
    }

    @Test
    void anOwedStopIsDroppedWhenTheSessionHasEnded() {
        owed.owe(chargingCard(), REPORTED);
        jdbc.sql("update transaction_sync_state set is_finalized = true, finalized_at = now()")
                .update();
        assertThat(owed.claimDue(REPORTED, 20)).isEmpty();
        owed.settleEnded();
        assertThat(jdbc.sql("select count(*) from owed_stops").query(Long.class).single())
                .isZero();
    }

    private EvCardId chargingCard() {
        for (var sql : List.of(
                "insert into accounts (email, name, role, locale, time_zone, created_at)"
                        + " values ('anna@example.org', 'Anna', 'DRIVER', 'en', 'UTC', now())",
                "insert into id_tags (id_tag) values ('TAG1')",
                "insert into ev_cards (id_tag_id, driver_id, owned_from, label, colour, created_at)"
                        + " select t.id, a.id, now(), 'Fob', 'blue', now() from id_tags t, accounts a",
                "insert into transaction_sync_state (steve_transaction_id, charge_box_id, connector_id, ocpp_id_tag,"
                        + " ev_card_id, driver_id, started_at, steve_started_at, first_seen_at, start_value_wh,"
                        + " updated_at) select 7, 'CP1', 1, 'TAG1', c.id, c.driver_id, now(), now(), now(), 0, now()"
                        + " from ev_cards c")) {
            jdbc.sql(sql).update();
        }
        return new EvCardId(
                jdbc.sql("select id from ev_cards").query(Long.class).single());
    }
}
