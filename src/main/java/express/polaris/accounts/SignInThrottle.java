package express.polaris.accounts;

import express.polaris.platform.refusals.TooMany;
import express.polaris.platform.sql.SqlTime;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Limits sign-in tries: five in a minute, then one after each block of 1, 2, 4 … 60 minutes; reset a day after the
 * last block. A try is counted before the password is verified, so concurrent tries count as well. Safe on several
 * nodes: each try is one statement. A block that ends later than any that begins now was written before the clock
 * was set back, and counts for nothing.
 */
@Component
class SignInThrottle {

    private static final Duration AT_LEAST = Duration.ofSeconds(1);

    private final JdbcClient jdbc;
    private final Clock clock;

    SignInThrottle(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Key that tries are counted by. The text is hashed before it is stored. */
    record Key(String text) {

        /** Account with this e-mail address, whether it exists or not. */
        static Key account(String email) {
            return new Key("account " + email.strip().toLowerCase(Locale.ROOT));
        }

        /** Signed-in account that confirms its current password. */
        static Key passwordOf(AccountId account) {
            return new Key("password of " + account);
        }

        /** Network that requests e-mail links, for any recipient. */
        static Key mailsFrom(String remoteAddress) {
            return new Key("mails from " + address(remoteAddress).text());
        }

        /** Network a request comes from; for IPv6 the /64 prefix, because one customer usually has all of it. */
        static Key address(String remoteAddress) {
            try {
                var address = InetAddress.ofLiteral(remoteAddress);
                if (address instanceof Inet6Address) {
                    return new Key(
                            "address " + HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), 8)) + "/64");
                }
                return new Key("address " + address.getHostAddress());
            } catch (IllegalArgumentException e) {
                return new Key("address " + remoteAddress);
            }
        }

        /** Network that comes back from the issuer of single sign-on; passwords and passkeys have limits of their own. */
        static Key issuersAnswerFrom(String remoteAddress) {
            return new Key("single sign-on from " + address(remoteAddress).text());
        }

        /** Network that sends logout tokens of the issuer, apart from the browsers that may have the same address. */
        static Key logoutTokensFrom(String remoteAddress) {
            return new Key("logout tokens from " + address(remoteAddress).text());
        }

        byte[] hash() {
            return Secrets.hash(text);
        }
    }

    /**
     * Checks without counting.
     *
     * @throws TooMany while the key is blocked
     */
    void requireOpen(Key key) {
        var now = clock.instant();
        boolean blocked = jdbc.sql("""
            select exists (select from sign_in_throttles
                            where key = :key and blocked_until > :now and blocked_until <= :now + interval '61 minutes')
            """)
                .param("key", key.hash())
                .param("now", SqlTime.utc(now))
                .query(Boolean.class)
                .single();
        if (blocked) {
            throw new TooMany(blockedFor(key, now));
        }
    }

    /**
     * @throws TooMany while the key is blocked; a blocked try does not count
     */
    void take(Key key) {
        var now = clock.instant();
        var taken = jdbc.sql("""
            insert into sign_in_throttles as t (key, failures, window_start) values (:key, 1, :now)
            on conflict (key) do update set (failures, window_start, blocked_until) = (
                select case when forgotten then 1 else t.failures + 1 end,
                       case when forgotten then :now else t.window_start end,
                       case when not forgotten and t.failures + 1 >= 5
                            then :now + least(interval '1 minute' * power(2, least(t.failures - 4, 6)),
                                              interval '60 minutes') end
                  from (select coalesce(t.blocked_until <= :now - interval '24 hours'
                                            or t.blocked_until > :now + interval '61 minutes',
                                        t.window_start <= :now - interval '1 minute'
                                            or t.window_start > :now + interval '1 minute') as forgotten) f)
             where t.blocked_until is null or t.blocked_until <= :now
                or t.blocked_until > :now + interval '61 minutes'
            """)
                .param("key", key.hash())
                .param("now", SqlTime.utc(now))
                .update();
        if (taken == 0) {
            throw new TooMany(blockedFor(key, now));
        }
    }

    /**
     * Uncounts a successful try. Earlier tries still count, so an attacker cannot reset the limit by signing in
     * to an account of their own.
     */
    void giveBack(Key key) {
        jdbc.sql("delete from sign_in_throttles where key = :key and failures = 1")
                .param("key", key.hash())
                .update();
        jdbc.sql("""
            update sign_in_throttles
               set failures = failures - 1,
                   blocked_until = case when failures - 1 >= 5 then least(blocked_until, :now) end
             where key = :key and failures > 1
            """)
                .param("key", key.hash())
                .param("now", SqlTime.utc(clock.instant()))
                .update();
    }

    /** Forgets all earlier tries after the owner has authenticated. */
    void forget(Key key) {
        jdbc.sql("delete from sign_in_throttles where key = :key")
                .param("key", key.hash())
                .update();
    }

    private Duration blockedFor(Key key, Instant now) {
        return jdbc.sql("select blocked_until from sign_in_throttles where key = :key and blocked_until is not null")
                .param("key", key.hash())
                .query((row, number) -> SqlTime.instant(row, "blocked_until"))
                .optional()
                .flatMap(until -> until)
                .map(until -> Duration.between(now, until))
                .filter(wait -> wait.compareTo(AT_LEAST) > 0)
                .orElse(AT_LEAST);
    }
}
