package express.polaris.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import express.polaris.testing.MutableClock;
import express.polaris.testing.TestDatabase;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** The audit log is append-only: the database itself refuses any other change. */
class AuditLogTest {

    private final JdbcClient jdbc = JdbcClient.create(TestDatabase.freshPool());
    private final AuditLog log = new AuditLog(jdbc, JsonMapper.builder().build(), new MutableClock());

    @Test
    void theDatabaseRefusesToChangeDeleteOrTruncateTheLog() {
        log.record(Optional.empty(), "sync.run", "sync run 1", Map.of("reason", "why"));
        var before = log.page(Optional.empty(), 10);
        for (var attempt : new String[] {
            "update audit_log set subject = 'sync run 2'",
            "update audit_log set details = '{}' where id = "
                    + before.getFirst().id(),
            "update audit_log set at = at - interval '1 day'",
            "delete from audit_log",
            "delete from audit_log where id = " + before.getFirst().id(),
            "truncate audit_log",
            "truncate audit_log cascade",
            "insert into audit_log (id, at, action, subject) overriding system value values ("
                    + before.getFirst().id() + ", now(), 'x', 'y') on conflict (id) do update set action = 'x'"
        }) {
            assertThatThrownBy(() -> jdbc.sql(attempt).update())
                    .as(attempt)
                    .isInstanceOf(DataAccessException.class)
                    .hasMessageContaining("audit_log is refused");
        }
        assertThat(log.page(Optional.empty(), 10)).isEqualTo(before);
    }

    /** Fails if an action of the system is attributed to account 0. */
    @Test
    void anEntryOfTheSystemHasNoActor() {
        log.record(Optional.empty(), "invoice.run", "invoices", Map.of());
        assertThat(log.page(Optional.empty(), 1).getFirst().actor()).isEmpty();
    }

    @Test
    void eachRecordedActionIsListedOnce() {
        log.record(Optional.empty(), "sync.run", "sync run 1", Map.of());
        log.record(Optional.empty(), "card.link", "card 1", Map.of());
        log.record(Optional.empty(), "sync.run", "sync run 2", Map.of());
        assertThat(log.actions()).containsExactly("card.link", "sync.run");
        assertThat(log.actors()).isEmpty();
    }

    @Test
    void aPercentSignInASubjectIsMatchedLiterally() {
        log.record(Optional.empty(), "card.link", "card 1", Map.of());
        var filter = new AuditFilter(
                Optional.empty(), Optional.empty(), Optional.of("c%"), Optional.empty(), Optional.empty());
        assertThat(log.page(filter, Optional.empty(), 10)).isEmpty();
        var card = new AuditFilter(
                Optional.empty(), Optional.empty(), Optional.of("car"), Optional.empty(), Optional.empty());
        assertThat(log.page(card, Optional.empty(), 10)).hasSize(1);
    }
}
