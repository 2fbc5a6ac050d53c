package express.polaris.accounts;

import express.polaris.platform.refusals.FaultCollector;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.NotFound;
import express.polaris.platform.sql.SqlTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Tokens for scripts that use the API. A token has 256 random bits; only its SHA-256 is stored. */
@Service
public class ApiTokenService {

    /** Maximum and default lifetime of a token. */
    public static final int MOST_DAYS = 90;

    private static final String PREFIX = "polaris_";
    private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final AuditLog audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ApiTokenService(JdbcClient jdbc, AuditLog audit, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Validates a token's name and lifetime.
     *
     * @param days 1 to {@link #MOST_DAYS}
     */
    public static void check(String name, int days, FaultCollector faults) {
        AccountRules.name("name", name, faults);
        faults.require(1 <= days && days <= MOST_DAYS, "days", AccountReason.TOKEN_DAYS.with(MOST_DAYS));
    }

    /**
     * A new API token.
     *
     * @param token the secret, shown only once
     */
    public record IssuedToken(String token, Instant expiresAt) {

        @Override
        public String toString() {
            return "IssuedToken[" + expiresAt + "]";
        }
    }

    /**
     * Issues a token; empty when the access has lapsed meanwhile.
     *
     * @throws InvalidInput for an invalid name or number of days
     */
    @Transactional
    public Optional<IssuedToken> issue(SignInRight access, String name, int days) {
        var faults = new FaultCollector();
        check(name, days, faults);
        faults.throwIfAny();
        var secret = PREFIX + Secrets.random();
        var now = clock.instant();
        var expiresAt = now.plus(Duration.ofDays(days));
        var id = jdbc.sql("""
            insert into api_tokens (account_id, name, token_hash, created_at, expires_at)
            select id, :name, :hash, :now, :expires
              from accounts
             where id = :account and access_revision = :revision and disabled_at is null
               for share
            returning id
            """)
                .param("name", name.strip())
                .param("hash", Secrets.hash(secret))
                .param("now", SqlTime.utc(now))
                .param("expires", SqlTime.utc(expiresAt))
                .param("account", access.account().id().value())
                .param("revision", access.revision())
                .query(Long.class)
                .optional();
        id.ifPresent(token -> audit.record(
                Optional.of(access.account().id()), "token.create", "token " + token, Map.of("days", days)));
        return id.map(token -> new IssuedToken(secret, expiresAt));
    }

    /**
     * Finds the account of a token; empty when the token is unknown, expired or revoked, or the account is
     * disabled.
     */
    public Optional<SignedIn> authenticate(String token) {
        if (!token.startsWith(PREFIX)) {
            return Optional.empty();
        }
        var now = clock.instant();
        var found = jdbc.sql("""
            select a.id, a.email, a.name, case when a.operator_until <= :now then 'DRIVER' else a.role end as role,
                   a.locale, a.time_zone, a.disabled_at, a.distance_unit, a.consumption, a.access_revision,
                   t.id as token_id, t.last_used_at
              from api_tokens t join accounts a on a.id = t.account_id
             where t.token_hash = :hash and t.expires_at > :now and a.disabled_at is null
            """)
                .param("hash", Secrets.hash(token))
                .param("now", SqlTime.utc(now))
                .query((row, number) -> new Found(
                        AccountRepository.access(row, number),
                        row.getLong("token_id"),
                        SqlTime.instant(row, "last_used_at")))
                .optional();
        found.filter(use -> use.lastUsedAt()
                                .map(at -> at.plus(NOTED_EVERY))
                                .orElse(Instant.MIN)
                                .compareTo(now)
                        <= 0)
                .ifPresent(use -> noteUse(use.tokenId(), now));
        return found.map(use -> SignedIn.byToken(use.access(), use.tokenId()));
    }

    /** Lists an account's unexpired tokens, newest first. */
    public List<ApiToken> list(AccountId account) {
        return jdbc.sql("""
            select id, name, created_at, expires_at, last_used_at
              from api_tokens where account_id = :account and expires_at > :now order by id desc
            """)
                .param("account", account.value())
                .param("now", SqlTime.utc(clock.instant()))
                .query((row, number) -> new ApiToken(
                        row.getLong("id"),
                        row.getString("name"),
                        SqlTime.required(row, "created_at"),
                        SqlTime.required(row, "expires_at"),
                        SqlTime.instant(row, "last_used_at")))
                .list();
    }

    /** @throws NotFound unless the account has that token */
    @Transactional
    public void revoke(AccountId account, long tokenId) {
        var revoked = jdbc.sql("delete from api_tokens where id = :id and account_id = :account")
                .param("id", tokenId)
                .param("account", account.value())
                .update();
        if (revoked == 0) {
            throw new NotFound();
        }
        audit.record(Optional.of(account), "token.revoke", "token " + tokenId, Map.of());
        events.publishEvent(new SignInEnded(account, SignedIn.tokenSignIn(tokenId)));
    }

    /** @throws NotFound when the request was not made with a token */
    @Transactional
    public void revokeCurrent(SignedIn signedIn) {
        revoke(signedIn.account().id(), signedIn.tokenId());
    }

    private void noteUse(long tokenId, Instant now) {
        jdbc.sql("""
            update api_tokens set last_used_at = :now
             where id = :id and (last_used_at is null or last_used_at < :now)
            """).param("id", tokenId).param("now", SqlTime.utc(now)).update();
    }

    private record Found(SignInRight access, long tokenId, Optional<Instant> lastUsedAt) {}
}
