package express.polaris.upgrade;

import express.polaris.testing.TestDatabase;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.flywaydb.core.Flyway;
import org.postgresql.PGConnection;

/**
 * A database as gzipped SQL text in the format of {@code pg_dump --data-only}: its schema version, then every table
 * with {@code COPY}, including Flyway's history, then the sequences.
 *
 * <p>The migrations up to that version create the schema. They never change: Flyway compares them with the checksums in
 * the dumped history.
 */
final class DatabaseDump {

    private static final String VERSION = "-- schema version ";
    private static final String COPY = "COPY ";
    private static final String END = "\\.";

    /** Tables that belong to browsers and processes of the moment. */
    private static final List<String> LEFT_OUT = List.of(
            "spring_session",
            "spring_session_attributes",
            "sign_in_throttles",
            "known_browsers",
            "api_tokens",
            "used_passkey_challenges");

    /** Columns whose content is useless elsewhere, with their replacement. */
    private static final Map<String, String> REPLACED = Map.of(
            "passkey_challenge_key.key", "sha256('a dump has no key')",
            "sync_cursor.leader", "null::text",
            "sync_cursor.leader_until", "null::timestamptz");

    private DatabaseDump() {}

    private record Table(String name, List<String> columns, List<String> order) {

        String header() {
            return name + " (" + String.join(", ", columns) + ")";
        }

        String query() {
            var values = columns.stream()
                    .map(column -> REPLACED.getOrDefault(name + "." + column, "t." + column))
                    .toList();
            return "select " + String.join(", ", values) + " from " + name + " t order by "
                    + String.join(", ", order.isEmpty() ? columns : order);
        }
    }

    /** The schema version of a database. */
    static String version(String jdbcUrl) throws SQLException {
        try (var connection = DriverManager.getConnection(jdbcUrl)) {
            return version(connection);
        }
    }

    /** Writes the database to the file; the same content produces the same bytes. */
    static void write(String jdbcUrl, Path file) throws IOException, SQLException {
        try (var connection = DriverManager.getConnection(jdbcUrl);
                var out = new BufferedWriter(new OutputStreamWriter(
                        new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8))) {
            out.write(VERSION + version(connection) + "\n");
            for (var table : tables(connection)) {
                out.write(COPY + table.header() + " FROM stdin;\n");
                if (!LEFT_OUT.contains(table.name())) {
                    copyOut(connection, table, out);
                }
                out.write(END + "\n");
            }
            for (var sequence : strings(connection, """
                select format('select setval(''%I'', %s);', sequencename, last_value)
                  from pg_sequences where schemaname = 'public' and last_value is not null order by sequencename
                """)) {
                out.write(sequence + "\n");
            }
        }
    }

    /** Creates a database with the schema version and rows of the dump; returns its URL. */
    static String restore(InputStream dump) throws IOException, SQLException {
        var url = TestDatabase.emptyUrl();
        try (var in = new BufferedReader(new InputStreamReader(new GZIPInputStream(dump), StandardCharsets.UTF_8));
                var connection = DriverManager.getConnection(url)) {
            var version = Optional.ofNullable(in.readLine())
                    .filter(line -> line.startsWith(VERSION))
                    .map(line -> line.substring(VERSION.length()))
                    .orElseThrow(() -> new IOException("A dump begins with \"" + VERSION + "\""));
            Flyway.configure()
                    .dataSource(url, null, null)
                    .target(version)
                    .load()
                    .migrate();
            // Triggers already ran in the dumped database.
            execute(connection, "set session_replication_role = replica");
            execute(
                    connection,
                    "truncate "
                            + String.join(
                                    ", ",
                                    tables(connection).stream().map(Table::name).toList()));
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith(COPY)) {
                    copyIn(connection, line.substring(0, line.length() - 1), in);
                } else {
                    execute(connection, line);
                }
            }
            execute(connection, "analyze");
        }
        return url;
    }

    private static String version(Connection connection) throws SQLException {
        return strings(connection, """
            select version from flyway_schema_history where success order by installed_rank desc limit 1
            """).getFirst();
    }

    private static List<Table> tables(Connection connection) throws SQLException {
        var tables = new ArrayList<Table>();
        for (var name : strings(connection, """
            select table_name from information_schema.tables
             where table_schema = 'public' and table_type = 'BASE TABLE' order by table_name
            """)) {
            tables.add(new Table(
                    name, strings(connection, """
                    select column_name from information_schema.columns
                     where table_schema = 'public' and table_name = '%s' and is_generated = 'NEVER'
                     order by ordinal_position
                    """.formatted(name)), strings(connection, """
                    select a.attname from pg_index i, unnest(i.indkey) with ordinality k (number, place), pg_attribute a
                     where i.indrelid = '%s'::regclass and i.indisprimary
                       and a.attrelid = i.indrelid and a.attnum = k.number
                     order by k.place
                    """.formatted(name))));
        }
        return tables;
    }

    private static void copyOut(Connection connection, Table table, Writer out) throws SQLException, IOException {
        connection.unwrap(PGConnection.class).getCopyAPI().copyOut("copy (" + table.query() + ") to stdout", out);
    }

    private static void copyIn(Connection connection, String statement, BufferedReader in)
            throws IOException, SQLException {
        var rows = new StringBuilder();
        for (var line = in.readLine(); line != null && !line.equals(END); line = in.readLine()) {
            rows.append(line).append('\n');
        }
        connection.unwrap(PGConnection.class).getCopyAPI().copyIn(statement, new java.io.StringReader(rows.toString()));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> strings(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            var strings = new ArrayList<String>();
            while (rows.next()) {
                strings.add(rows.getString(1));
            }
            return strings;
        }
    }
}
