package express.polaris.console;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.Account;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionService;
import express.polaris.sessions.StuckCause;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import express.polaris.testing.StoredSessions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The console shows which of the three rules classified a session as stuck. */
@ApplicationTest
class StuckTransactionTest {

    private final Portal portal;
    private final SessionService sessions;
    private final MutableClock clock;
    private final JdbcClient jdbc;
    private final StoredSessions stored;
    private final String tag = "stuck-" + UUID.randomUUID();

    StuckTransactionTest(Portal portal, SessionService sessions, MutableClock clock, JdbcClient jdbc) {
        this.portal = portal;
        this.sessions = sessions;
        this.clock = clock;
        this.jdbc = jdbc;
        this.stored = new StoredSessions(jdbc);
    }

    private long open(Duration age) {
        return stored.open(tag, Optional.empty(), clock.instant().minus(age));
    }

    private long open(Duration age, Duration lastReadingAgo) {
        long id = open(age);
        stored.set(id, "last_reading_at", clock.instant().minus(lastReadingAgo));
        return id;
    }

    private String page(Account operator, String path) {
        return portal.signedIn(operator).get("/operator/transactions" + path).body();
    }

    @Test
    void aStuckSessionShowsTheRuleThatAppliedToIt() {
        long unread = open(Duration.ofHours(49));
        long silent = open(Duration.ofHours(5), Duration.ofHours(3));
        long overtaken = open(Duration.ofMinutes(40), Duration.ofMinutes(10));
        long newer = open(Duration.ofMinutes(20), Duration.ofMinutes(10));
        stored.set(newer, "charge_box_id", "stored-" + overtaken); // the same charge box in a different case
        var ids = List.of(new SessionId(unread), new SessionId(silent), new SessionId(overtaken), new SessionId(newer));
        assertThat(sessions.stuck(ids))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        ids.get(0), StuckCause.NO_READING,
                        ids.get(1), StuckCause.SILENT,
                        ids.get(2), StuckCause.OVERTAKEN));

        var operator = portal.operator();
        assertThat(page(operator, "/" + unread)).contains("No reading yet", "without a single reading");
        assertThat(page(operator, "/" + silent)).contains("no reading for more than two hours; the last one came on");
        assertThat(page(operator, "/" + overtaken)).contains("a newer session has started on the same connector");
        assertThat(page(operator, "/" + newer)).doesNotContain("Stuck");
        assertThat(page(operator, "?stuck=true&idTag=" + tag))
                .contains(
                        "Stuck: silent for 2 h", "Stuck: no reading in 2 days", "Stuck: overtaken by a newer session");
        assertThat(page(operator, "/" + silent + "/force-close")).contains("Stuck: silent for 2 h");

        jdbc.sql("update accounts set locale = 'de' where id = ?")
                .param(operator.id().value())
                .update();
        assertThat(page(operator, "/" + unread)).contains("Noch kein Messwert", "noch kein einziger Messwert");
        assertThat(page(operator, "/" + silent)).contains("Seit mehr als zwei Stunden kein Messwert");
        assertThat(page(operator, "/" + overtaken)).contains("hat ein neuerer Ladevorgang begonnen");
    }
}
