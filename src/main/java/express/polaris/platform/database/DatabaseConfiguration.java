package express.polaris.platform.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import express.polaris.platform.settings.Settings;
import express.polaris.platform.settings.Settings.DatabaseAccess;
import express.polaris.platform.settings.SettingsLoader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import javax.sql.DataSource;
import org.postgresql.PGProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Connections to the external PostgreSQL, or to the embedded one if none is configured: the pool, and others. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    private static final String APPLICATION = "polaris-express";
    private static final int CONNECTIONS = 20;

    /** A request that waits longer for a connection gets "service unavailable". */
    private static final Duration WAIT_FOR_A_CONNECTION = Duration.ofSeconds(5);

    /** A connection that does not answer within this time is replaced. */
    private static final Duration WAIT_FOR_A_SIGN = Duration.ofSeconds(1);

    /** A connection outside the pool only has short statements. */
    private static final String SESSION_ANSWER_SECONDS = "30";

    /**
     * Just-in-time compilation pays off for queries of many seconds; here it would cost more than the query. Set by a
     * statement, which also holds for a URL with options of its own.
     */
    private static final String SESSION = "set time zone 'UTC'; set jit = off";

    @Bean
    @Conditional(NoExternalDatabase.class)
    DatabaseAccess embeddedDatabase(EmbeddedDatabaseStart start) {
        return new DatabaseAccess(start.database().jdbcUrl(), Optional.empty(), Optional.empty());
    }

    @Bean
    @Conditional(ExternalDatabase.class)
    DatabaseAccess externalDatabase(Settings settings) {
        return settings.database().orElseThrow();
    }

    @Bean
    DatabaseSession databaseSession(DatabaseAccess access) {
        return () -> connect(
                access,
                "session",
                Map.of(
                        PGProperty.CONNECT_TIMEOUT, SESSION_ANSWER_SECONDS,
                        PGProperty.LOGIN_TIMEOUT, SESSION_ANSWER_SECONDS,
                        PGProperty.SOCKET_TIMEOUT, SESSION_ANSWER_SECONDS));
    }

    /**
     * Opens a connection outside the pool; the caller closes it.
     *
     * @param purpose as PostgreSQL lists it among its sessions
     * @param options of the driver
     */
    static Connection connect(DatabaseAccess access, String purpose, Map<PGProperty, String> options)
            throws SQLException {
        var properties = new Properties();
        access.username().ifPresent(name -> PGProperty.USER.set(properties, name));
        access.password().ifPresent(password -> PGProperty.PASSWORD.set(properties, password));
        PGProperty.APPLICATION_NAME.set(properties, APPLICATION + " " + purpose);
        options.forEach((option, value) -> option.set(properties, value));
        return DriverManager.getConnection(access.jdbcUrl(), properties);
    }

    @Bean
    DataSource dataSource(DatabaseAccess access, DatabaseAvailability availability) {
        var config = new HikariConfig();
        config.setJdbcUrl(access.jdbcUrl());
        access.username().ifPresent(config::setUsername);
        access.password().ifPresent(config::setPassword);
        return pool(config, availability);
    }

    static HikariDataSource pool(HikariConfig config, DatabaseAvailability availability) {
        config.setPoolName("polaris");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(2);
        config.setConnectionTimeout(WAIT_FOR_A_CONNECTION.toMillis());
        config.setValidationTimeout(WAIT_FOR_A_SIGN.toMillis());
        // Otherwise nothing notices a server whose network is gone.
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("ApplicationName", APPLICATION);
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        // The details have values, such as the mail address that exists already; messages go to the log.
        config.addDataSourceProperty("logServerErrorDetail", "false");
        config.setConnectionInitSql(SESSION);
        return new WatchedPool(config, availability);
    }

    static class ExternalDatabase implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return isGiven(context.getEnvironment());
        }

        static boolean isGiven(Environment environment) {
            return SettingsLoader.settings((ConfigurableEnvironment) environment)
                    .database()
                    .isPresent();
        }
    }

    static class NoExternalDatabase extends ExternalDatabase {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !super.matches(context, metadata);
        }
    }
}
