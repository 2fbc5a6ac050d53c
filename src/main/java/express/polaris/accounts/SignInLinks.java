package express.polaris.accounts;

import express.polaris.accounts.SignInThrottle.Key;
import express.polaris.database.SqlTime;
import express.polaris.problems.TooMany;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Links by e-mail: to sign in, or to choose a password. A link works once, for as long as its purpose says; only the
 * SHA-256 of its secret is kept. Asking takes the same work for every address: who it belongs to is found out afterwards. Safe
 * on several nodes: requests are claimed, and a link is used up by one statement.
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

    /** What a link is for. */
    public enum Purpose {
        SIGN_IN(Duration.ofMinutes(15)),
        /** Somebody forgot their password. */
        NEW_PASSWORD(Duration.ofMinutes(15)),
        /** An operator created the account; its owner chooses the first password. */
        INVITATION(Duration.ofDays(7)),
        /** An operator took all ways to sign in from the account. */
        RESET(Duration.ofDays(1));

        private final Duration life;

        Purpose(Duration life) {
            this.life = life;
        }

        /** How long a link works after its mail was written. */
        public Duration life() {
            return life;
        }
    }

    /** A link that is to be mailed. */
    public record Wanted(long id, AccountId account, Purpose purpose) {}

    private record Request(String email, Purpose purpose) {}

    /**
     * Somebody asks for a link. Neither the answer nor its time tells whether the address is known.
     *
     * @throws TooMany when the network address asks too often
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
     * Takes what was asked for: the links of enabled accounts that had fewer than three mails within the hour. To be
     * called in the transaction that queues their mails.
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

    /** The account's row is locked, so nobody counts beside. */
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
     * A link that an operator has sent to somebody; an earlier one for the same stops working. To be called in the
     * transaction that queues its mail.
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
     * The secret of a link, at the time its mail is written; one that was made for an earlier try stops working.
     *
     * @return empty when it was used, or the account's access changed since it was asked for
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

    /** Whose link this is, as long as it works; nothing is used up. */
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

    /** Uses the link up; empty when it does not work, or no longer. */
    public Optional<Access> use(String secret, Purpose purpose) {
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
