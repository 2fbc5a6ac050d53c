package express.polaris.accounts;

import express.polaris.accounts.SignInThrottle.Key;
import express.polaris.platform.refusals.TooMany;
import express.polaris.platform.sql.SqlTime;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * E-mail links to sign in or to choose a password. A link works once, for the lifetime of its purpose; only the
 * SHA-256 of its secret is stored. A request costs the same work for every address, because the account is looked
 * up later. Safe on several nodes: requests are claimed, and one statement uses a link up.
 */
@Service
public class SignInLinks {

    private static final int MOST_AN_HOUR = 3;
    private static final int AT_A_TIME = 20;
    private static final int LONGEST_EMAIL = 254;

    private final JdbcClient jdbc;
    private final AccountRepository accounts;
    private final SignInThrottle throttle;
    private final Clock clock;

    SignInLinks(JdbcClient jdbc, AccountRepository accounts, SignInThrottle throttle, Clock clock) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.throttle = throttle;
        this.clock = clock;
    }

    /** Purpose of a link. */
    public enum Purpose {
        SIGN_IN(Duration.ofMinutes(15)),
        /** The owner forgot the password. */
        NEW_PASSWORD(Duration.ofMinutes(15)),
        /** An operator created the account; its owner chooses the first password. */
        INVITATION(Duration.ofDays(7)),
        /** An operator removed all ways to sign in from the account. */
        RESET(Duration.ofDays(1));

        private final Duration life;

        Purpose(Duration life) {
            this.life = life;
        }

        /** Lifetime of a link, from the writing of its mail. */
        public Duration life() {
            return life;
        }
    }

    /** Link to be mailed. */
    public record Wanted(long id, AccountId account, Purpose purpose) {}

    private record Request(String email, Purpose purpose) {}

    /**
     * Requests a link. Neither the answer nor its timing reveals whether the address is known.
     *
     * @throws TooMany when the network address requests too often
     */
    @Transactional
    public void request(String email, Purpose purpose, String remoteAddress) {
        throttle.take(Key.mailsFrom(remoteAddress));
        var address = email.strip();
        if (address.length() > LONGEST_EMAIL || address.indexOf('\0') >= 0) {
            return;
        }
        jdbc.sql("insert into sign_in_requests (email, purpose) values (:email, :purpose)")
                .param("email", address)
                .param("purpose", purpose.name())
                .update();
    }

    /**
     * Claims pending requests and creates links for enabled accounts that had fewer than three mails within the
     * hour. Call it in the transaction that queues the mails.
     */
    @Transactional
    public List<Wanted> take() {
        return jdbc
                .sql("""
                    delete from sign_in_requests
                     where id in (select id from sign_in_requests order by id limit :limit for update skip locked)
                    returning email, purpose
                    """)
                .param("limit", AT_A_TIME)
                .query((row, number) -> new Request(row.getString("email"), Purpose.valueOf(row.getString("purpose"))))
                .list()
                .stream()
                .flatMap(request -> wanted(request).stream())
                .toList();
    }

    private Optional<Wanted> wanted(Request request) {
        return accounts.findByEmail(request.email())
                .map(AccountRepository.Stored::access)
                .map(access -> access.account().id())
                .flatMap(accounts::lock)
                .filter(account -> !account.isDisabled())
                .flatMap(account -> insert(account.id(), request.purpose()));
    }

    /** The caller has locked the account's row, so the count is exact. */
    private Optional<Wanted> insert(AccountId account, Purpose purpose) {
        var now = SqlTime.utc(clock.instant());
        return jdbc.sql("""
            insert into sign_in_links (account_id, purpose, access_revision, requested_at)
            select id, :purpose, access_revision, :now
              from accounts
             where id = :account
               and (select count(*) from sign_in_links l
                     where l.account_id = :account and l.requested_at > :now - interval '1 hour'
                       and l.purpose in ('SIGN_IN', 'NEW_PASSWORD')) < :most
            returning id
            """)
                .param("account", account.value())
                .param("purpose", purpose.name())
                .param("now", now)
                .param("most", MOST_AN_HOUR)
                .query(Long.class)
                .optional()
                .map(id -> new Wanted(id, account, purpose));
    }

    /**
     * Creates a link that an operator sends; an earlier unused link for the same purpose stops working. Call it
     * in the transaction that queues its mail.
     *
     * @return the link's id
     */
    @Transactional
    public long open(AccountId account, Purpose purpose) {
        jdbc.sql("delete from sign_in_links where account_id = :account and purpose = :purpose and used_at is null")
                .param("account", account.value())
                .param("purpose", purpose.name())
                .update();
        return jdbc.sql("""
            insert into sign_in_links (account_id, purpose, access_revision, requested_at)
            select id, :purpose, access_revision, :now from accounts where id = :account
            returning id
            """)
                .param("account", account.value())
                .param("purpose", purpose.name())
                .param("now", SqlTime.utc(clock.instant()))
                .query(Long.class)
                .single();
    }

    /**
     * Creates the secret of a link when its mail is written; a secret from an earlier delivery attempt stops
     * working.
     *
     * @return empty when the link was used, or the account's access changed since the request
     */
    public Optional<String> issue(long link, Purpose purpose) {
        var secret = Secrets.random();
        var now = clock.instant();
        int issued = jdbc.sql("""
            update sign_in_links l set token_hash = :hash, expires_at = :expires
             where l.id = :id and l.purpose = :purpose and l.used_at is null
               and l.access_revision = (select a.access_revision from accounts a where a.id = l.account_id)
            """)
                .param("hash", Secrets.hash(secret))
                .param("expires", SqlTime.utc(now.plus(purpose.life())))
                .param("id", link)
                .param("purpose", purpose.name())
                .update();
        return issued == 1 ? Optional.of(secret) : Optional.empty();
    }

    /** Returns the account of a valid link without using it up. */
    public Optional<Account> look(String secret, Purpose purpose) {
        return jdbc.sql("""
            select a.id, a.email, a.name, a.role, a.locale, a.time_zone, a.disabled_at, a.distance_unit,
                   a.consumption
              from sign_in_links l join accounts a on a.id = l.account_id
             where l.token_hash = :hash and l.purpose = :purpose and l.used_at is null and l.expires_at > :now
               and a.access_revision = l.access_revision and a.disabled_at is null
            """)
                .param("hash", Secrets.hash(secret))
                .param("purpose", purpose.name())
                .param("now", SqlTime.utc(clock.instant()))
                .query(AccountRepository::account)
                .optional();
    }

    /** Uses the link up; empty when it is unknown, used or expired. */
    public Optional<SignInRight> use(String secret, Purpose purpose) {
        return jdbc.sql("""
            update sign_in_links l set used_at = :now
              from accounts a
             where l.token_hash = :hash and l.purpose = :purpose and l.used_at is null and l.expires_at > :now
               and a.id = l.account_id and a.access_revision = l.access_revision and a.disabled_at is null
            returning a.id, a.email, a.name, a.role, a.locale, a.time_zone, a.disabled_at, a.distance_unit,
                   a.consumption, a.access_revision
            """)
                .param("hash", Secrets.hash(secret))
                .param("purpose", purpose.name())
                .param("now", SqlTime.utc(clock.instant()))
                .query(AccountRepository::access)
                .optional();
    }
}
