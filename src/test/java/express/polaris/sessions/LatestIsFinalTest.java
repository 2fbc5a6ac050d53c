package express.polaris.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.testing.TestDatabase;
import java.util.List;
import javax.sql.DataSource;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The column that the search uses always agrees with a session's events, in whatever order and by whatever code they
 * are written. Fails if a list by status differs from the session's page.
 */
class LatestIsFinalTest {

    private static final DataSource DATABASE = TestDatabase.freshPool();

    private static final String DISAGREEING = """
        select count(*) from transaction_sync_state s
         where s.latest_is_final <> coalesce((
               select e.is_final from synced_transaction_events e
                where e.steve_transaction_id = s.steve_transaction_id order by e.position desc limit 1), false)
        """;

    private sealed interface Step {
        /** Writes all events of a session in one statement, as the import does. */
        record Write(int session, int from, List<Boolean> isFinal) implements Step {}

        record Remove(int session, int from) implements Step {}

        record Change(int session, int position, boolean isFinal) implements Step {}

        /** Any other update of events, such as by invoices. */
        record Touch(int session) implements Step {}
    }

    private static JdbcClient jdbc(String url) {
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(url);
        return JdbcClient.create(dataSource);
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        var session = Arbitraries.integers().between(1, 3);
        var position = Arbitraries.integers().between(0, 4);
        var flag = Arbitraries.of(true, false);
        var write = Combinators.combine(
                        session, position, flag.list().ofMinSize(1).ofMaxSize(4))
                .as(Step.Write::new)
                .map(Step.class::cast);
        var remove = Combinators.combine(session, position).as(Step.Remove::new).map(Step.class::cast);
        var change = Combinators.combine(session, position, flag)
                .as(Step.Change::new)
                .map(Step.class::cast);
        var touch = session.map(Step.Touch::new).map(Step.class::cast);
        return Arbitraries.frequencyOf(Tuple.of(5, write), Tuple.of(2, remove), Tuple.of(2, change), Tuple.of(1, touch))
                .list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }

    @Property(tries = 60)
    void theStoredFlagAlwaysMatchesTheEvents(@ForAll("steps") List<Step> steps) {
        var jdbc = JdbcClient.create(DATABASE);
        jdbc.sql("delete from synced_transaction_events").update();
        jdbc.sql("delete from transaction_sync_state").update();
        for (int session = 1; session <= 3; session++) {
            insertSession(jdbc, session);
        }
        for (var step : steps) {
            apply(jdbc, step);
            assertThat(jdbc.sql(DISAGREEING).query(Long.class).single())
                    .as("after %s of %s", step, steps)
                    .isZero();
        }
    }

    private static void apply(JdbcClient jdbc, Step step) {
        switch (step) {
            case Step.Write(int session, int from, List<Boolean> isFinal) ->
                jdbc.sql("""
                    insert into synced_transaction_events as e (steve_transaction_id, position, measured_from,
                           measured_at, meter_from_wh, meter_to_wh, kwh_delta, is_final, synced_at)
                    select :session, :from + n - 1, now(), now(), 0, 1, 0.001, f, now()
                      from unnest(cast(:final as boolean[])) with ordinality as rows (f, n)
                    on conflict (steve_transaction_id, position) do update set is_final = excluded.is_final
                    """)
                        .param("session", session)
                        .param("from", from)
                        .param("final", isFinal.toArray(Boolean[]::new))
                        .update();
            case Step.Remove(int session, int from) ->
                jdbc.sql("delete from synced_transaction_events where steve_transaction_id = ? and position >= ?")
                        .params(session, from)
                        .update();
            case Step.Change(int session, int position, boolean isFinal) ->
                jdbc.sql(
                                "update synced_transaction_events set is_final = ? where steve_transaction_id = ? and position = ?")
                        .params(isFinal, session, position)
                        .update();
            case Step.Touch(int session) ->
                jdbc.sql("update synced_transaction_events set synced_at = now() where steve_transaction_id = ?")
                        .param(session)
                        .update();
        }
    }

    private static void insertSession(JdbcClient jdbc, int session) {
        jdbc.sql("""
            insert into transaction_sync_state (steve_transaction_id, charge_box_id, connector_id, ocpp_id_tag,
                   started_at, steve_started_at, first_seen_at, start_value_wh, updated_at)
            values (?, 'CP1', 1, 'TAG1', now(), now(), now(), 0, now())
            """).param(session).update();
    }

    /** Migrates a database of schema version 12, with sessions of each kind, to the current schema. */
    @Test
    void theMigrationFillsTheColumnsForExistingSessions() {
        var url = TestDatabase.emptyUrl();
        var flyway = Flyway.configure().dataSource(url, "postgres", "");
        flyway.target("12").load().migrate();
        var jdbc = jdbc(url);
        for (int session = 1; session <= 4; session++) {
            insertSession(jdbc, session);
        }
        apply(jdbc, new Step.Write(1, 0, List.of(false, true))); // final
        apply(jdbc, new Step.Write(2, 0, List.of(true, false))); // the latest event is not final
        apply(jdbc, new Step.Write(3, 0, List.of(false)));
        jdbc.sql("insert into sync_reads (steve_transaction_id, conflict) values (1, null), (2, 'another charge')")
                .update();

        Flyway.configure().dataSource(url, "postgres", "").load().migrate();

        assertThat(jdbc.sql("select steve_transaction_id from transaction_sync_state where latest_is_final order by 1")
                        .query(Long.class)
                        .list())
                .containsExactly(1L);
        assertThat(jdbc.sql("select steve_transaction_id from transaction_sync_state where id_reused order by 1")
                        .query(Long.class)
                        .list())
                .containsExactly(2L);
        assertThat(jdbc.sql(DISAGREEING).query(Long.class).single()).isZero();
    }

    @Test
    void aSessionIsMarkedAsReusedExactlyWhileTheConflictLasts() {
        var jdbc = JdbcClient.create(TestDatabase.freshPool());
        insertSession(jdbc, 1);
        jdbc.sql("insert into sync_reads (steve_transaction_id) values (1)").update();
        assertThat(reused(jdbc)).isFalse();
        jdbc.sql("update sync_reads set conflict = 'another charge'").update();
        assertThat(reused(jdbc)).isTrue();
        jdbc.sql("update sync_reads set conflict = null").update();
        assertThat(reused(jdbc)).isFalse();
    }

    private static boolean reused(JdbcClient jdbc) {
        return jdbc.sql("select id_reused from transaction_sync_state")
                .query(Boolean.class)
                .single();
    }
}
