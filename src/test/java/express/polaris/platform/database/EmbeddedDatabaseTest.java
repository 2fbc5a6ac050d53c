package express.polaris.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {

    @TempDir
    Path directory;

    @Test
    void dataSurvivesARestart() throws Exception {
        try (var database = EmbeddedDatabase.start(directory)) {
            execute(database, "create table kept as select 42 as answer");
        }
        try (var database = EmbeddedDatabase.start(directory)) {
            assertThat(query(database, "select answer from kept")).isEqualTo("42");
        }
    }

    @Test
    void commitsAreFlushedToDiskAsPostgresDoesByDefault() throws Exception {
        try (var database = EmbeddedDatabase.start(directory)) {
            assertThat(query(database, "show fsync")).isEqualTo("on");
            assertThat(query(database, "show synchronous_commit")).isEqualTo("on");
        }
    }

    @Test
    void aDirectoryInUseIsRefused() throws Exception {
        try (var database = EmbeddedDatabase.start(directory)) {
            assertThat(query(database, "select 1")).isEqualTo("1");
            assertThatThrownBy(() -> EmbeddedDatabase.start(directory))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Another Polaris Express is already running on")
                    .hasMessageContaining("POLARIS_DATA_DIRECTORY");
        }
    }

    private static void execute(EmbeddedDatabase database, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(database.jdbcUrl());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(EmbeddedDatabase database, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(database.jdbcUrl());
                var result = connection.createStatement().executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }
}
