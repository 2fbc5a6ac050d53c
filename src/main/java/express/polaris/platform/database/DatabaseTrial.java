package express.polaris.platform.database;

import express.polaris.platform.settings.Settings.DatabaseAccess;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.OptionalInt;
import org.postgresql.PGProperty;

/** Tries whether an external database can be used, without changing it. */
public final class DatabaseTrial {

    /** PostgreSQL 15. */
    private static final int LEAST_VERSION = 150_000;

    private static final String PATIENCE_SECONDS = "5";

    private DatabaseTrial() {}

    /** Outcome of a trial. */
    public sealed interface Outcome {

        /**
         * @param server version of PostgreSQL
         * @param schema version of the portal's schema; empty in a database that the portal has not used yet
         */
        record Usable(String server, OptionalInt schema) implements Outcome {}

        /**
         * A newer portal has migrated the database.
         *
         * @param schema its newest version
         * @param known newest version that this portal knows
         */
        record TooNew(int schema, int known) implements Outcome {}

        record TooOld(String server) implements Outcome {}

        /** The user may not create tables in the schema in which the portal would create them. */
        record MayNotCreate(String user, String schema) implements Outcome {}

        /**
         * @param reason in the words of the driver or the server, without a password
         */
        record Fails(String reason) implements Outcome {}
    }

    /** Connects and looks; blocks for at most some seconds for each step. */
    public static Outcome of(DatabaseAccess access) {
        try (var connection = DatabaseConfiguration.connect(
                access,
                "check",
                Map.of(
                        PGProperty.CONNECT_TIMEOUT, PATIENCE_SECONDS,
                        PGProperty.LOGIN_TIMEOUT, PATIENCE_SECONDS,
                        PGProperty.SOCKET_TIMEOUT, PATIENCE_SECONDS))) {
            return look(connection);
        } catch (SQLException | IOException e) {
            return new Outcome.Fails(
                    String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    private static Outcome look(Connection connection) throws SQLException, IOException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("""
                        select current_setting('server_version') as server,
                               current_setting('server_version_num')::int as number,
                               current_user as role, coalesce(current_schema(), '') as schema,
                               has_schema_privilege(current_schema(), 'create') as may_create,
                               to_regclass('flyway_schema_history') is not null as has_history
                        """)) {
            row.next();
            var server = row.getString("server");
            if (row.getInt("number") < LEAST_VERSION) {
                return new Outcome.TooOld(server);
            }
            if (!row.getBoolean("may_create")) {
                return new Outcome.MayNotCreate(row.getString("role"), row.getString("schema"));
            }
            var schema = row.getBoolean("has_history") ? OptionalInt.of(schema(connection)) : OptionalInt.empty();
            int known = SchemaVersion.newest();
            return schema.isPresent() && schema.getAsInt() > known
                    ? new Outcome.TooNew(schema.getAsInt(), known)
                    : new Outcome.Usable(server, schema);
        }
    }

    private static int schema(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "select coalesce(max(version::int), 0) from flyway_schema_history where success")) {
            row.next();
            return row.getInt(1);
        }
    }
}
