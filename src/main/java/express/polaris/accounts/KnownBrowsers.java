package express.polaris.accounts;

import express.polaris.platform.sql.SqlTime;
import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Browsers in which an account's owner has signed in before. They are exempt from the account's limit of tries, so
 * guessing cannot lock an owner out; the network address's limit still applies.
 */
@Service
public class KnownBrowsers {

    private final JdbcClient jdbc;
    private final Clock clock;

    KnownBrowsers(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Issues a secret for this browser to store; call after a successful sign-in. */
    public String remember(AccountId account) {
        var secret = Secrets.random();
        jdbc.sql("""
            insert into known_browsers (token_hash, account_id, last_used_at)
            values (:hash, :account, :now)
            """)
                .param("hash", Secrets.hash(secret))
                .param("account", account.value())
                .param("now", SqlTime.utc(clock.instant()))
                .update();
        return secret;
    }

    /** Returns whether this secret was issued to a browser of this account; records its use. */
    public boolean knows(String secret, AccountId account) {
        return jdbc.sql("""
            update known_browsers set last_used_at = :now
             where token_hash = :hash and account_id = :account
            """)
                        .param("hash", Secrets.hash(secret))
                        .param("account", account.value())
                        .param("now", SqlTime.utc(clock.instant()))
                        .update()
                > 0;
    }
}
