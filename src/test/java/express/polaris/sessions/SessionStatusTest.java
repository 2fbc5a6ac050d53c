package express.polaris.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.platform.sql.SqlTime;
import express.polaris.testing.MutableClock;
import express.polaris.testing.TestDatabase;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two facts determine the status: the rule in Java, the rule in SQL and the list by status agree. */
class SessionStatusTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final DataSource database = TestDatabase.freshPool();
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final SessionService sessions = new SessionService(jdbc, new MutableClock(NOON));
    private final SessionRevisions revisions = new SessionRevisions(jdbc);

    @ParameterizedTest(name = "isLive {0}, isFinal {1}: {2}")
    @CsvSource({
        "true,  true,  IN_PROGRESS",
        "true,  false, IN_PROGRESS",
        "false, false, IN_PROGRESS",
        "false, true,  COMPLETED"
    })
    void onlyClosedAndFinalIsCompleted(boolean isLive, boolean isFinal, SessionStatus status) {
        assertThat(SessionStatus.of(isLive, isFinal)).isEqualTo(status);
        session(1, isLive);
        event(1, 0, !isFinal);
        event(1, 1, isFinal);
        assertSeenAs(status);
    }

    @ParameterizedTest(name = "isLive {0} without any event: {1}")
    @CsvSource({"true, IN_PROGRESS", "false, IN_PROGRESS"})
    void withoutEventsThereIsNoFinalReading(boolean isLive, SessionStatus status) {
        session(1, isLive);
        assertSeenAs(status);
    }

    private void assertSeenAs(SessionStatus status) {
        assertThat(sessions.find(new SessionId(1)).orElseThrow().status()).isEqualTo(status);
        for (var asked : SessionStatus.values()) {
            var filter = SessionFilter.all().withStatus(Optional.of(asked));
            assertThat(sessions.list(filter, Optional.empty(), 10).sessions()).hasSize(asked == status ? 1 : 0);
            assertThat(sessions.totals(filter).sessions()).isEqualTo(asked == status ? 1 : 0);
        }
        var owner = new express.polaris.accounts.AccountId(jdbc.sql("select driver_id from transaction_sync_state")
                .query(Long.class)
                .single());
        assertThat(revisions.openOrChanged(owner, NOON.plusSeconds(1)))
                .as("open, as it has not changed since")
                .hasSize(status == SessionStatus.COMPLETED ? 0 : 1);
    }

    private void session(long id, boolean isLive) {
        long driver = jdbc.sql("""
            insert into accounts (email, name, role, locale, time_zone, created_at)
            values ('ada@example.org', 'Ada', 'DRIVER', 'en', 'UTC', now()) returning id
            """).query(Long.class).single();
        jdbc.sql("""
            insert into transaction_sync_state (steve_transaction_id, charge_box_id, connector_id, ocpp_id_tag,
                   driver_id, started_at, steve_started_at, first_seen_at, start_value_wh, is_finalized, finalized_at,
                   updated_at)
            values (:id, 'CP1', 1, 'TAG1', :driver, :now, :now, :now, 0, :closed,
                    case when :closed then cast(:now as timestamptz) end, :now)
            """)
                .param("id", id)
                .param("driver", driver)
                .param("closed", !isLive)
                .param("now", SqlTime.utc(NOON))
                .update();
    }

    private void event(long session, int position, boolean isFinal) {
        jdbc.sql("""
            insert into synced_transaction_events (steve_transaction_id, position, measured_from, measured_at,
                   meter_from_wh, meter_to_wh, kwh_delta, is_final, synced_at)
            values (:id, :position, :now, :now, 0, 0, 0, :final, :now)
            """)
                .param("id", session)
                .param("position", position)
                .param("final", isFinal)
                .param("now", SqlTime.utc(NOON))
                .update();
    }
}
