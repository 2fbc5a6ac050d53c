package express.polaris.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each rare search condition has a partial index with the same condition. Fails if the conditions in Java and in the
 * migration differ, which makes the search read all sessions.
 */
class SearchPlansTest {

    static Stream<Arguments> searches() {
        return Stream.of(
                Arguments.of("not " + SessionStatus.COMPLETED_IN_SQL, "in_progress"),
                Arguments.of("s.driver_id is null", "unlinked"),
                Arguments.of("s.driver_id is not null", "linked"),
                Arguments.of(SessionTrait.AWAITING_FINAL_READING.sql(), "in_progress"),
                Arguments.of(SessionTrait.FLAGGED.sql(), "flagged"),
                Arguments.of(SessionTrait.CLOCK.sql(), "clock"),
                Arguments.of(SessionTrait.METER_RESET.sql(), "meter_reset"),
                Arguments.of(SessionTrait.OUTLIER.sql(), "outlier"),
                Arguments.of(SessionTrait.DISPUTED.sql(), "disputed"),
                Arguments.of(SessionTrait.DECIDED.sql(), "decided"),
                Arguments.of(SessionTrait.IMPLAUSIBLE.sql(), "implausible"),
                Arguments.of(SessionTrait.RESET_CORRECTION.sql(), "reset_correction"),
                Arguments.of(SessionTrait.CORRECTION.sql(), "correction"),
                Arguments.of(SessionTrait.VANISHED.sql(), "gone_by_start"),
                Arguments.of(SessionTrait.REUSED_ID.sql(), "reused"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("searches")
    void theIndexServesTheCondition(String condition, String index) throws SQLException {
        try (var connection = TestDatabase.fresh().getConnection()) {
            // Leaves only the wanted index, if it is usable at all, or a scan of the whole table.
            execute(connection, "set enable_seqscan = off");
            execute(connection, """
                do $$ declare other text; begin
                    for other in select indexrelid::regclass::text from pg_index
                                  where indrelid = 'transaction_sync_state'::regclass and not indisunique
                                    and indexrelid <> 'transaction_sync_state_%s'::regclass
                    loop execute 'drop index ' || other; end loop;
                end $$
                """.formatted(index));
            assertThat(plan(connection, condition)).contains("transaction_sync_state_" + index);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String plan(Connection connection, String condition) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("explain select s.* from transaction_sync_state s where " + condition
                        + " order by s.started_at desc, s.steve_transaction_id desc limit 51")) {
            var plan = new StringBuilder();
            while (rows.next()) {
                plan.append(rows.getString(1)).append('\n');
            }
            return plan.toString();
        }
    }
}
