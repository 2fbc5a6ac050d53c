package express.polaris.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Portal;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The database's errors go to the log, so they must not have the values that they are about. */
@ApplicationTest
class ErrorDetailTest {

    private final Portal portal;
    private final JdbcClient jdbc;

    ErrorDetailTest(Portal portal, JdbcClient jdbc) {
        this.portal = portal;
        this.jdbc = jdbc;
    }

    @Test
    void anErrorNamesTheConstraintAndNoValue() {
        var email = portal.driver().email();
        var error = catchThrowable(() -> jdbc.sql("""
            insert into accounts (email, name, role, locale, time_zone, created_at)
            values (?, 'Twice', 'DRIVER', 'en', 'UTC', now())
            """).param(email).update());
        assertThat(error).hasStackTraceContaining("accounts_email");
        assertThat(error).rootCause().message().doesNotContain(email);
    }
}
