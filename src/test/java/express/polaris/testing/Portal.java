package express.polaris.testing;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.Role;
import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.platform.sql.SqlTime;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/** The running application as seen by a test: creates accounts, browsers and tokens. */
public final class Portal {

    /** The password of every account. */
    public static final String PASSWORD = "correct horse battery";

    /** A weak hash, so that signing in with the correct password is fast. */
    private static final String HASH = new BCryptPasswordEncoder(4).encode(PASSWORD);

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final JdbcClient jdbc;
    private final SessionRepository<?> sessions;
    private final Environment environment;

    public Portal(JdbcClient jdbc, SessionRepository<?> sessions, Environment environment) {
        this.jdbc = jdbc;
        this.sessions = sessions;
        this.environment = environment;
    }

    public int port() {
        return environment.getRequiredProperty("local.server.port", Integer.class);
    }

    /** A driver in Berlin who reads English, with a unique address. */
    public Account driver() {
        return person("Driver", Role.DRIVER);
    }

    public Account operator() {
        return person("Operator", Role.OPERATOR);
    }

    /** Raises SteVe's next id above all ids that sync has seen, including those stored by other tests. */
    public void continueIds(SimulatedSteve steve) {
        var seen = jdbc.sql("select highest_probed_id from sync_cursor").query(Long.class);
        steve.world().idsGivenOutUpTo(seen.single());
    }

    /** A browser that is not signed in. */
    public Browser browser() {
        return new Browser("http://127.0.0.1:" + port());
    }

    /** A browser signed in to this account. */
    public Browser signedIn(Account account) {
        return browser().withCookie("polaris", sessionCookie(sessions, account));
    }

    /** A client without cookies that sends a token of this account. */
    public Browser withToken(Account account) {
        return browser().withHeader("Authorization", "Bearer " + token(account));
    }

    /** An API token valid for 90 days. */
    public String token(Account account) {
        var token = "polaris_" + UUID.randomUUID();
        var now = SqlTime.utc(Instant.now());
        jdbc.sql("""
            insert into api_tokens (account_id, name, token_hash, created_at, expires_at)
            values (:account, 'test', :hash, :now, :expires)
            """)
                .param("account", account.id().value())
                .param("hash", sha256(token))
                .param("now", now)
                .param("expires", now.plusDays(90))
                .update();
        return token;
    }

    void forgetTries() {
        jdbc.sql("delete from sign_in_throttles").update();
    }

    private Account person(String name, Role role) {
        var email = name + "-" + COUNT.incrementAndGet() + "@people.example";
        var id = jdbc.sql("""
            insert into accounts (email, name, role, password_hash, locale, time_zone, created_at)
            values (:email, :name, :role, :hash, 'en', 'Europe/Berlin', now()) returning id
            """)
                .param("email", email)
                .param("name", name)
                .param("role", role.name())
                .param("hash", HASH)
                .query(Long.class)
                .single();
        return new Account(
                new AccountId(id), email, name, role, Locale.ENGLISH, ZoneId.of("Europe/Berlin"), Optional.empty());
    }

    private <S extends Session> String sessionCookie(SessionRepository<S> sessions, Account account) {
        var revision = jdbc.sql("select access_revision from accounts where id = :id")
                .param("id", account.id().value())
                .query(Integer.class)
                .single();
        var session = sessions.createSession();
        session.setAttribute("account", account.id().value());
        session.setAttribute("revision", revision);
        session.setAttribute(
                FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME,
                account.id().toString());
        sessions.save(session);
        return Base64.getEncoder().encodeToString(session.getId().getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
