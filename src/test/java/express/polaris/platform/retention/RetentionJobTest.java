package express.polaris.platform.retention;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.Account;
import express.polaris.platform.sql.SqlTime;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Charging;
import express.polaris.testing.Portal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The job removes what is older than its setting, nothing younger, and nothing that does not expire. */
@ApplicationTest
class RetentionJobTest {

    private final RetentionJob job;
    private final List<ExpiringRows> kinds;
    private final Portal portal;
    private final Charging charging;
    private final JdbcClient jdbc;
    private final DataSource database;

    RetentionJobTest(
            RetentionJob job,
            List<ExpiringRows> kinds,
            Portal portal,
            Charging charging,
            JdbcClient jdbc,
            DataSource database) {
        this.job = job;
        this.kinds = kinds;
        this.portal = portal;
        this.charging = charging;
        this.jdbc = jdbc;
        this.database = database;
    }

    /** A statement that inserts a row of the age {@code :at} and returns its key as text. */
    private record Sample(String table, String key, int days, String insert) {}

    private static final List<Sample> SAMPLES = List.of(
            new Sample("mails", "id", 90, """
            insert into mails (account_id, kind, subject, created_at, expires_at, sent_at)
            values (:driver, 'test', '1', :at, :at + interval '1 day', :at) returning id::text
            """),
            new Sample("notifications", "id", 400, """
            insert into notifications (account_id, kind, invoice_number, created_at, in_portal)
            values (:driver, 'invoice_ready', gen_random_uuid()::text, :at, true) returning id::text
            """),
            new Sample("start_requests", "id", 90, """
            insert into start_requests (id, driver_id, charge_box, ev_card_id, requested_at)
            values (gen_random_uuid(), :driver, 'BOX', :card, :at) returning id::text
            """),
            new Sample("operator_notes", "id", 400, """
            insert into operator_notes (at, driver_id, ev_card_id, text) values (:at, :driver, :card, 'Lost')
            returning id::text
            """),
            new Sample("known_browsers", "token_hash", 400, """
            insert into known_browsers (token_hash, account_id, last_used_at)
            values (sha256(gen_random_uuid()::text::bytea), :driver, :at) returning token_hash::text
            """),
            new Sample("viewings", "id", 3650, """
            insert into viewings (sign_in, operator_id, driver_id, began_at, ended_at)
            values (gen_random_uuid()::text, :driver, :driver, :at, :at) returning id::text
            """),
            new Sample("sync_runs", "id", 60, """
            insert into sync_runs (trigger, started_at, finished_at) values ('operator', :at, :at) returning id::text
            """),
            new Sample("audit_log", "id", 3650, """
            insert into audit_log (at, actor, action, subject) values (:at, :driver, 'test', 'test') returning id::text
            """));

    @Test
    void eachKindOfRowGoesAtItsOwnAge() {
        var driver = portal.driver();
        long card = charging.card(driver, "Any").id().value();
        var over = new ArrayList<String>();
        var young = new ArrayList<String>();
        for (var sample : SAMPLES) {
            var due = charging.now().minus(Duration.ofDays(sample.days()));
            over.add(sample.table() + " " + insert(sample, driver, card, due.minusSeconds(60)));
            young.add(sample.table() + " " + insert(sample, driver, card, due.plusSeconds(600)));
        }
        job.removeExpired();
        assertThat(young).allMatch(this::isThere);
        assertThat(over).noneMatch(this::isThere);
    }

    @Test
    void noKindIsLeftOutHere() {
        assertThat(kinds.stream().map(ExpiringRows::table).collect(Collectors.toSet()))
                .isEqualTo(Stream.concat(SAMPLES.stream().map(Sample::table), Stream.of("steve_answers"))
                        .collect(Collectors.toSet()));
    }

    @Test
    void aMailThatIsStillTriedStays() {
        var driver = portal.driver();
        var id = jdbc.sql("""
            insert into mails (account_id, kind, subject, created_at, expires_at, next_try_at)
            values (:driver, 'test', '1', :at, :at + interval '1 day', :at + interval '100 years') returning id::text
            """)
                .param("driver", driver.id().value())
                .param("at", SqlTime.utc(charging.now().minus(Duration.ofDays(1000))))
                .query(String.class)
                .single();
        job.removeExpired();
        assertThat(isThere("mails " + id)).isTrue();
    }

    @Test
    void aSessionLosesItsAnswerAndKeepsItsEventsAndEnergy() {
        var driver = portal.driver();
        long session = charging.completed(driver, charging.now().minus(Duration.ofHours(3)));
        var before = energy(session);
        assertThat(count("steve_answers", session)).isEqualTo(1);
        jdbc.sql("update steve_answers set read_at = :at where steve_transaction_id = :session")
                .param("at", SqlTime.utc(charging.now().minus(Duration.ofDays(401))))
                .param("session", session)
                .update();
        job.removeExpired();
        assertThat(count("steve_answers", session)).isZero();
        assertThat(count("synced_transaction_events", session)).isPositive();
        assertThat(energy(session)).isEqualTo(before);
        var page = portal.signedIn(driver).get("/sessions/" + session);
        assertThat(page.statusCode()).isEqualTo(200);
    }

    @Test
    void moreRowsThanOneBatchGoInOneRun() {
        var driver = portal.driver();
        jdbc.sql("""
            insert into mails (account_id, kind, subject, created_at, expires_at, sent_at)
            select :driver, 'test', n::text, :at, :at + interval '1 day', :at from generate_series(1, 1201) n
            """)
                .param("driver", driver.id().value())
                .param("at", SqlTime.utc(charging.now().minus(Duration.ofDays(91))))
                .update();
        job.removeExpired();
        assertThat(jdbc.sql("select count(*) from mails where account_id = ?")
                        .param(driver.id().value())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    /** Fails, waiting for the other transaction, if the job does not skip rows that another node removes. */
    @Test
    void rowsThatAnotherNodeHoldsAreSkipped() throws SQLException {
        var driver = portal.driver();
        var sample = SAMPLES.getFirst();
        var old = charging.now().minus(Duration.ofDays(91));
        var held = insert(sample, driver, 0, old);
        var free = insert(sample, driver, 0, old);
        try (var other = database.getConnection();
                var lock = other.createStatement()) {
            other.setAutoCommit(false);
            lock.execute("select from mails where id = " + held + " for update");
            job.removeExpired();
            other.rollback();
        }
        assertThat(isThere("mails " + held)).isTrue();
        assertThat(isThere("mails " + free)).isFalse();
    }

    private String insert(Sample sample, Account driver, long card, Instant at) {
        return jdbc.sql(sample.insert())
                .param("driver", driver.id().value())
                .param("card", card)
                .param("at", SqlTime.utc(at))
                .query(String.class)
                .single();
    }

    private boolean isThere(String row) {
        var parts = row.split(" ");
        var key = SAMPLES.stream()
                .filter(sample -> sample.table().equals(parts[0]))
                .findFirst()
                .orElseThrow()
                .key();
        return jdbc.sql("select count(*) from " + parts[0] + " where " + key + "::text = ?")
                        .param(parts[1])
                        .query(Long.class)
                        .single()
                == 1;
    }

    private long count(String table, long session) {
        return jdbc.sql("select count(*) from " + table + " where steve_transaction_id = ?")
                .param(session)
                .query(Long.class)
                .single();
    }

    private String energy(long session) {
        return jdbc.sql("""
            select s.energy_wh || ' ' || sum(e.kwh_delta) || ' ' || count(*)
              from transaction_sync_state s join synced_transaction_events e using (steve_transaction_id)
             where s.steve_transaction_id = ? group by s.steve_transaction_id
            """).param(session).query(String.class).single();
    }
}
