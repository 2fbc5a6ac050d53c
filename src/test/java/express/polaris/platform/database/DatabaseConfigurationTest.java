package express.polaris.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import express.polaris.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class DatabaseConfigurationTest {

    /** Compiling a query costs seconds once a table is large enough for the planner to ask for it. */
    @Test
    void queriesAreNotCompiledWhateverTheUrlAsksFor() {
        var config = new HikariConfig();
        config.setJdbcUrl(TestDatabase.freshUrl() + "&options=-c%20jit=on%20-c%20work_mem=5MB");
        try (var pool = DatabaseConfiguration.pool(config, new DatabaseAvailability())) {
            var jdbc = JdbcClient.create(pool);
            assertThat(shown(jdbc, "jit")).isEqualTo("off");
            assertThat(shown(jdbc, "work_mem")).isEqualTo("5MB");
            assertThat(shown(jdbc, "timezone")).isEqualTo("UTC");
        }
    }

    private static String shown(JdbcClient jdbc, String setting) {
        return jdbc.sql("show " + setting).query(String.class).single();
    }
}
