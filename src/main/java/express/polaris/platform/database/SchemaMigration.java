package express.polaris.platform.database;

import express.polaris.platform.version.PortalVersion;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Migrates the schema at the start, unless the database has a history that this version does not know. Then nothing in
 * it is changed: an older portal would write rows that a newer schema does not mean.
 *
 * <p>Each migration names the portal that ran it, in {@code flyway_schema_history.installed_by}.
 */
@Configuration(proxyBeanMethods = false)
class SchemaMigration {

    private static final String RESTORE =
            "restore the backup made before the upgrade and start this version on it. docs/operating.md has the steps"
                    + " under \"Upgrade\". Nothing in the database was changed.";

    @Bean
    FlywayConfigurationCustomizer namesThePortal(PortalVersion portal) {
        return flyway -> flyway.installedBy(portal.product());
    }

    @Bean
    FlywayMigrationStrategy migrateKnownSchemas(PortalVersion portal) {
        return flyway -> {
            check(flyway, portal);
            flyway.migrate();
        };
    }

    /**
     * @throws UnusableSchema if the database has migrations that this portal lacks, that failed, or that had another
     *     content
     */
    private static void check(Flyway flyway, PortalVersion portal) {
        var history = Arrays.asList(flyway.info().all());
        newest(history, SchemaMigration::isUnknown).ifPresent(migration -> refuseUnknown(history, migration, portal));
        newest(history, migration -> migration.getState().isFailed()).ifPresent(SchemaMigration::refuseFailed);
        newest(history, migration -> migration.getState().isApplied() && !migration.isChecksumMatching())
                .ifPresent(migration -> refuseChanged(migration, portal));
    }

    private static void refuseUnknown(List<MigrationInfo> history, MigrationInfo unknown, PortalVersion portal) {
        var known = newest(history, migration -> !isUnknown(migration)).map(SchemaMigration::version);
        var writer = writer(unknown);
        throw new UnusableSchema(
                "The database has schema version " + version(unknown)
                        + writer.map(number -> ", written by Polaris Express " + number)
                                .orElse("")
                        + ". This is Polaris Express " + portal.number() + ", which does not know it"
                        + known.map(version -> "; the newest version it knows is " + version)
                                .orElse("") + ".",
                "Start "
                        + writer.map(number -> "Polaris Express " + number).orElse("the version that ran here last")
                        + " or a later one. Or " + RESTORE);
    }

    private static void refuseFailed(MigrationInfo failed) {
        throw new UnusableSchema(
                "An earlier start began to migrate the database to schema version " + version(failed)
                        + writer(failed)
                                .map(number -> " with Polaris Express " + number)
                                .orElse("")
                        + " and failed. Part of that migration may be in the database.",
                "Restore the backup made before that start, and read the error in its log before you try again.");
    }

    private static void refuseChanged(MigrationInfo changed, PortalVersion portal) {
        throw new UnusableSchema(
                "Schema version " + version(changed) + " of the database was made by other statements than those of"
                        + " Polaris Express " + portal.number()
                        + writer(changed)
                                .map(number -> "; Polaris Express " + number + " ran them")
                                .orElse("")
                        + ". Released migrations never change, so this is a modified or unreleased build, or somebody"
                        + " edited flyway_schema_history.",
                "Start the build that migrated this database, or " + RESTORE);
    }

    private static boolean isUnknown(MigrationInfo migration) {
        return List.of(
                        MigrationState.FUTURE_SUCCESS,
                        MigrationState.FUTURE_FAILED,
                        MigrationState.MISSING_SUCCESS,
                        MigrationState.MISSING_FAILED)
                .contains(migration.getState());
    }

    private static Optional<MigrationInfo> newest(List<MigrationInfo> history, Predicate<MigrationInfo> which) {
        return history.stream()
                .filter(migration -> migration.getVersion() != null)
                .filter(which)
                .reduce((earlier, later) -> later);
    }

    private static String version(MigrationInfo migration) {
        return migration.getVersion().getVersion();
    }

    /** Number of the portal that ran a migration; empty for one whose history does not name it. */
    private static Optional<String> writer(MigrationInfo migration) {
        var product = new PortalVersion("").product();
        return Optional.ofNullable(migration.getInstalledBy())
                .filter(name -> name.startsWith(product) && name.length() > product.length())
                .map(name -> name.substring(product.length()));
    }
}
