package express.polaris.platform.database;

import express.polaris.platform.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Health of the database. */
@Component
public class DatabaseProbe {

    private final JdbcClient jdbc;
    private final Settings settings;

    DatabaseProbe(JdbcClient jdbc, Settings settings) {
        this.jdbc = jdbc;
        this.settings = settings;
    }

    /**
     * State of the database.
     *
     * @param bytes size of this database
     * @param isEmbedded whether the server belongs to this process
     */
    public record Answer(String version, long bytes, int connections, boolean isEmbedded) {}

    /**
     * @throws org.springframework.dao.DataAccessException when the database does not answer
     */
    public Answer ask() {
        return jdbc.sql("""
            select current_setting('server_version') as version, pg_database_size(current_database()) as bytes,
                   (select count(*) from pg_stat_activity where datname = current_database()) as connections
            """)
                .query((row, number) -> new Answer(
                        row.getString("version"),
                        row.getLong("bytes"),
                        row.getInt("connections"),
                        settings.database().isEmpty()))
                .single();
    }

    /**
     * Returns the free disk space for the embedded database.
     *
     * @return in bytes; empty when the database is external
     */
    public Optional<Long> room() throws IOException {
        return settings.database().isPresent()
                ? Optional.empty()
                : Optional.of(Files.getFileStore(settings.dataDirectory()).getUsableSpace());
    }
}
