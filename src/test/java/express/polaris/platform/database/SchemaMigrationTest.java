package express.polaris.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import express.polaris.PolarisExpress;
import express.polaris.platform.version.PortalVersion;
import express.polaris.testing.TestDatabase;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Objects;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class SchemaMigrationTest {

    private static final PortalVersion PORTAL = new PortalVersion("0.2.0");

    private final String database = TestDatabase.freshUrl();

    @Test
    void anOlderPortalDoesNotStartOnANewerSchemaAndNamesBoth(CapturedOutput output) throws Exception {
        migrateTo(9001, "polaris-express 0.3.0");
        var failure = catchThrowable(() -> SpringApplication.run(
                PolarisExpress.class,
                "--server.port=0",
                "--polaris.database.url=" + database,
                "--polaris.steve.base-url=http://127.0.0.1:9/steve",
                "--polaris.steve.username=polaris",
                "--polaris.steve.password=simulated"));
        assertThat(failure).isNotNull();
        assertThat(output.getAll())
                .contains("APPLICATION FAILED TO START")
                .contains(
                        "The database has schema version 9001, written by Polaris Express 0.3.0. This is Polaris Express "
                                + "0.")
                .contains("which does not know it; the newest version it knows is " + newestKnown() + ".")
                .contains("Start Polaris Express 0.3.0 or a later one. Or restore the backup made before the upgrade")
                .doesNotContain("\tat express.polaris");
    }

    @Test
    void aSchemaOfAnUnnamedPortalIsRefusedAsWell() throws Exception {
        migrateTo(9001, "postgres");
        assertThatThrownBy(this::migrate)
                .isInstanceOf(UnusableSchema.class)
                .hasMessageStartingWith("The database has schema version 9001. This is Polaris Express 0.2.0,")
                .extracting(fault -> ((UnusableSchema) fault).remedy())
                .asString()
                .startsWith("Start the version that ran here last or a later one.");
    }

    /** A build between two releases may lack a migration below its own newest one. */
    @Test
    void aMigrationThatThisPortalLacksIsRefusedWhereverItStands() throws Exception {
        migrateTo(8, "polaris-express 0.1.9");
        assertThatThrownBy(this::migrate)
                .hasMessageStartingWith("The database has schema version 8, written by Polaris Express 0.1.9.");
    }

    @Test
    void aMigrationThatFailedIsRefused() throws Exception {
        execute("update flyway_schema_history set success = false, installed_by = 'polaris-express 0.2.0'"
                + " where version = '%s'".formatted(newestKnown()));
        assertThatThrownBy(this::migrate)
                .isInstanceOf(UnusableSchema.class)
                .hasMessageContaining("schema version %s with Polaris Express 0.2.0 and failed.", newestKnown());
    }

    @Test
    void aMigrationWithOtherStatementsIsRefused() throws Exception {
        execute("update flyway_schema_history set checksum = checksum + 1 where version = '12'");
        assertThatThrownBy(this::migrate)
                .isInstanceOf(UnusableSchema.class)
                .hasMessageStartingWith("Schema version 12 of the database was made by other statements than those of"
                        + " Polaris Express 0.2.0.");
    }

    @Test
    void aKnownSchemaIsMigratedByThisPortalsName() throws Exception {
        var empty = TestDatabase.emptyUrl();
        var flyway = flyway(empty);
        new SchemaMigration().migrateKnownSchemas(PORTAL).migrate(flyway);
        assertThat(flyway.info().applied())
                .isNotEmpty()
                .extracting(MigrationInfo::getInstalledBy)
                .containsOnly("polaris-express 0.2.0");
        new SchemaMigration().migrateKnownSchemas(PORTAL).migrate(flyway);
    }

    private void migrate() {
        new SchemaMigration().migrateKnownSchemas(PORTAL).migrate(flyway(database));
    }

    private static Flyway flyway(String url) {
        var configuration = Flyway.configure().dataSource(url, null, null);
        new SchemaMigration().namesThePortal(PORTAL).customize(configuration);
        return configuration.load();
    }

    private void migrateTo(int version, String by) throws SQLException {
        execute("""
            insert into flyway_schema_history
                   (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
            select max(installed_rank) + 1, '%1$d', 'later', 'SQL', 'V%1$d__later.sql', 1, '%2$s', 1, true
              from flyway_schema_history
            """.formatted(version, by));
    }

    private String newestKnown() {
        return Arrays.stream(flyway(database).info().all())
                .filter(migration -> migration.getState().isResolved())
                .map(migration -> Objects.requireNonNull(migration.getVersion()).getVersion())
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    private void execute(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(database);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
