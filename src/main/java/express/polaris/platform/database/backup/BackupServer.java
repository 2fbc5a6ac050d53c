package express.polaris.platform.database.backup;

import express.polaris.platform.settings.Settings.DatabaseAccess;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Session at the embedded server with the statements of backups. All of them are short but for the checkpoint. */
final class BackupServer implements AutoCloseable {

    private final Connection connection;

    private BackupServer(Connection connection) {
        this.connection = connection;
    }

    static BackupServer connect(DatabaseAccess access) throws SQLException {
        return new BackupServer(
                DriverManager.getConnection(access.jdbcUrl() + "&ApplicationName=polaris-express%20backup"));
    }

    /** What the manifest says of the cluster. */
    record Cluster(String system, int timeline, int postgres, int schema) {}

    Cluster cluster() throws SQLException {
        return query(
                """
            select (select system_identifier from pg_control_system()) as system,
                   substring(pg_walfile_name(pg_current_wal_lsn()) for 8) as timeline,
                   current_setting('server_version_num') as postgres
            """,
                row -> new Cluster(
                        row.getString("system"),
                        Integer.parseInt(row.getString("timeline"), 16),
                        row.getInt("postgres"),
                        schema()));
    }

    /** Version of the newest migration; 0 before the first one. */
    private int schema() throws SQLException {
        boolean migrated = query("select to_regclass('flyway_schema_history') is not null", row -> row.getBoolean(1));
        return migrated
                ? query(
                        "select coalesce(max(cast(version as int)), 0) from flyway_schema_history where success",
                        row -> row.getInt(1))
                : 0;
    }

    /**
     * Begins a backup with a checkpoint. From now on the server keeps its write-ahead log until this session ends, and
     * the backup is given up if the session ends before {@link #stop}.
     *
     * @return the first position of the write-ahead log that the backup needs
     */
    long start(String label) throws SQLException {
        query(
                "select slot_name from pg_create_physical_replication_slot('polaris_backup_' || pg_backend_pid(), true, true)",
                row -> row.getString(1));
        try (var statement = connection.prepareStatement("select pg_backup_start(?, fast => true)")) {
            statement.setString(1, label);
            try (var row = statement.executeQuery()) {
                row.next();
                return WalPosition.parse(row.getString(1));
            }
        }
    }

    /**
     * End of a backup.
     *
     * @param position end of the write-ahead log that the backup needs
     * @param label content of the file {@code backup_label}
     */
    record Stopped(long position, String label) {}

    Stopped stop() throws SQLException {
        return query(
                "select lsn, labelfile from pg_backup_stop(wait_for_archive => false)",
                row -> new Stopped(WalPosition.parse(row.getString("lsn")), row.getString("labelfile")));
    }

    /**
     * Slot by which the server keeps its write-ahead log for the archive.
     *
     * @param position from where on it is kept; empty if the archive came too late and it is gone
     */
    record Slot(Optional<Long> position) {}

    Optional<Slot> archiveSlot() throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("""
                        select restart_lsn, wal_status from pg_replication_slots where slot_name = 'polaris_archive'
                        """)) {
            if (!row.next()) {
                return Optional.empty();
            }
            var position = Optional.ofNullable(row.getString("restart_lsn")).map(WalPosition::parse);
            return Optional.of(new Slot("lost".equals(row.getString("wal_status")) ? Optional.empty() : position));
        }
    }

    void createArchiveSlot() throws SQLException {
        query(
                "select slot_name from pg_create_physical_replication_slot('polaris_archive', true)",
                row -> row.getString(1));
    }

    void advanceArchiveSlot(long position) throws SQLException {
        query(
                "select end_lsn from pg_replication_slot_advance('polaris_archive', '" + WalPosition.print(position)
                        + "')",
                row -> row.getString(1));
    }

    void dropArchiveSlot() throws SQLException {
        query(
                "select count(pg_drop_replication_slot(slot_name)) from pg_replication_slots"
                        + " where slot_name = 'polaris_archive'",
                row -> row.getLong(1));
    }

    /** End of the write-ahead log that is on the disk. */
    long flushed() throws SQLException {
        return query("select pg_current_wal_flush_lsn()", row -> WalPosition.parse(row.getString(1)));
    }

    @FunctionalInterface
    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> T query(String sql, Row<T> reader) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return reader.read(row);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
