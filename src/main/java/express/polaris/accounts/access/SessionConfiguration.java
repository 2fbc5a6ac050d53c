package express.polaris.accounts.access;

import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.session.config.annotation.web.http.EnableSpringHttpSession;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.jdbc.PostgreSqlJdbcIndexedSessionRepositoryCustomizer;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/** Sign-ins are rows in PostgreSQL, so every node sees them, and deleting the row ends a sign-in. */
@Configuration(proxyBeanMethods = false)
@EnableSpringHttpSession
class SessionConfiguration {

    static final String COOKIE = "polaris";

    /** Idle time after which a sign-in ends. */
    private static final Duration IDLE = Duration.ofDays(30);

    /** Maximum lifetime that browsers allow for a cookie; the server's own limit is shorter. */
    private static final Duration COOKIE_LIFE = Duration.ofDays(400);

    @Bean
    CachedSessionRepository sessionRepository(DataSource dataSource, PlatformTransactionManager transactions) {
        var template = new TransactionTemplate(transactions);
        template.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        return new CachedSessionRepository(
                sessions(dataSource, template), sessions(dataSource, TransactionOperations.withoutTransaction()));
    }

    private static JdbcIndexedSessionRepository sessions(DataSource dataSource, TransactionOperations transactions) {
        var sessions = new JdbcIndexedSessionRepository(new JdbcTemplate(dataSource), transactions);
        new PostgreSqlJdbcIndexedSessionRepositoryCustomizer().customize(sessions);
        sessions.setDefaultMaxInactiveInterval(IDLE);
        return sessions;
    }

    /** {@code Secure} follows the request: set behind TLS only. */
    @Bean
    CookieSerializer cookieSerializer() {
        var cookie = new DefaultCookieSerializer();
        cookie.setCookieName(COOKIE);
        cookie.setCookiePath("/");
        cookie.setUseHttpOnlyCookie(true);
        cookie.setSameSite("Lax");
        cookie.setCookieMaxAge((int) COOKIE_LIFE.toSeconds());
        return cookie;
    }
}
