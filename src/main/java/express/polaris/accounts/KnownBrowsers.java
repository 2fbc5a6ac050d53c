package express.polaris.accounts;

import express.polaris.database.SqlTime;
import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Browsers in which the owner of an account has signed in before. They are spared the account's limit of tries, so that
 * nobody can lock an owner out by trying; the limit of their network address stays.
 */
@Service
public class KnownBrowsers {

    private final JdbcClient jdbc;
    private final Clock clock;

    KnownBrowsers(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** A secret for this browser to keep; to be called after somebody has signed in there. */
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

    /** Whether this is a secret that was given to a browser of this account; notes its use. */
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
