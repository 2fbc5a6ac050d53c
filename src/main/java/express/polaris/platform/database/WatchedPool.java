package express.polaris.platform.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;

/** Connection pool whose requests do not wait for a database that is away. */
final class WatchedPool extends HikariDataSource {

    private final DatabaseAvailability availability;

    WatchedPool(HikariConfig config, DatabaseAvailability availability) {
        super(config);
        this.availability = availability;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return availability.connect(super::getConnection);
    }
}
