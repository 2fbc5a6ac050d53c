package express.polaris.platform.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Converts instants in rows and parameters of SQL. PostgreSQL stores microseconds, so an instant that is compared
 * with a stored one must not be more precise.
 */
public final class SqlTime {

    private SqlTime() {}

    public static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    public static Instant required(ResultSet row, String column) throws SQLException {
        return instant(row, column).orElseThrow();
    }

    public static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    public static @Nullable OffsetDateTime utc(Optional<Instant> instant) {
        return instant.map(SqlTime::utc).orElse(null);
    }
}
