package express.polaris.accounts;

import express.polaris.platform.sql.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Checks whether a sign-in is still valid: once per request, and periodically for long-lived streams. */
@Service
public class AccessChecks {

    /**
     * Channel of the notices that triggers send when access ends on any node: the id of the account that signed in. Some
     * of its sign-ins, tokens or viewings may be over.
     */
    public static final String ENDED = "access_ended";

    /**
     * How long a sign-in by single sign-on, and the role that a group gives, hold after the issuer last confirmed them.
     */
    public static final Duration LONGEST_UNCONFIRMED = Duration.ofHours(1);

    private final JdbcClient jdbc;
    private final Clock clock;

    AccessChecks(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Finds the account a browser's sign-in belongs to and the driver portal an operator is viewing, in one
     * query.
     *
     * @param revision the revision of {@link SignInRight} when the sign-in began
     * @param session the session id
     * @return empty when access was revoked, or the sign-in has ended on any node or waits for the issuer's confirmation
     */
    public Optional<SignedIn> signedIn(AccountId account, int revision, String session) {
        var now = clock.instant();
        return jdbc.sql("""
            select a.id, a.email, a.name, case when a.operator_until <= ? then 'DRIVER' else a.role end as role,
                   a.locale, a.time_zone, a.disabled_at, a.distance_unit, a.consumption, a.access_revision,
                   v.id as viewing_id, v.began_at,
                   d.id as d_id, d.email as d_email, d.name as d_name, d.role as d_role, d.locale as d_locale,
                   d.time_zone as d_time_zone, d.disabled_at as d_disabled_at,
                   d.distance_unit as d_distance_unit, d.consumption as d_consumption
              from accounts a
              left join viewings v on v.sign_in = ? and v.ended_at is null
              left join accounts d on d.id = v.driver_id
             where a.id = ? and a.access_revision = ? and a.disabled_at is null
               and exists (select from spring_session s where s.session_id = ?)
               and not exists (select from oidc_sign_ins o where o.session_id = ? and o.confirmed_at <= ?)
            """)
                .params(
                        SqlTime.utc(now),
                        session,
                        account.value(),
                        revision,
                        session,
                        session,
                        SqlTime.utc(now.minus(LONGEST_UNCONFIRMED)))
                .query((row, number) -> signedIn(row, session, now))
                .optional();
    }

    /** Returns whether the sign-in or token, and its viewing if any, is still valid. */
    public boolean holds(SignedIn signedIn) {
        return over(List.of(signedIn)).isEmpty();
    }

    /**
     * Finds those of these sign-ins and tokens that are not valid any more: revoked, with a viewing that is over, or of an
     * operator whose role has lapsed. One query that sees all nodes.
     */
    public Set<SignedIn> over(List<SignedIn> signedIn) {
        var now = clock.instant();
        var over = new HashSet<SignedIn>();
        jdbc.sql("""
            select c.number
              from unnest(:accounts::bigint[], :revisions::int[], :sessions::text[], :tokens::bigint[],
                          :operators::bool[], :viewings::bigint[])
                   with ordinality c (account, revision, session, token, operator, viewing, number)
             where not exists (
                select from accounts a
                 where a.id = c.account and a.access_revision = c.revision and a.disabled_at is null
                   and (exists (select from spring_session s
                                 where s.session_id = c.session and s.expiry_time > :millis
                                   and not exists (select from oidc_sign_ins o
                                                    where o.session_id = s.session_id
                                                      and o.confirmed_at <= :unconfirmed))
                        or exists (select from api_tokens t
                                    where t.id = c.token and t.account_id = a.id and t.expires_at > :now))
                   and (not c.operator
                        or a.role = 'OPERATOR' and (a.operator_until is null or a.operator_until > :now))
                   and (c.viewing = 0
                        or exists (select from viewings v join accounts d on d.id = v.driver_id
                                    where v.id = c.viewing and v.ended_at is null and v.began_at > :earliest
                                      and d.role = 'DRIVER')))
            """)
                .param(
                        "accounts",
                        signedIn.stream().map(one -> one.person().id().value()).toArray(Long[]::new))
                .param("revisions", signedIn.stream().map(SignedIn::revision).toArray(Integer[]::new))
                .param("sessions", signedIn.stream().map(SignedIn::sessionId).toArray(String[]::new))
                .param("tokens", signedIn.stream().map(SignedIn::tokenId).toArray(Long[]::new))
                .param(
                        "operators",
                        signedIn.stream()
                                .map(one -> one.person().isOperator()
                                        || one.viewing().isPresent())
                                .toArray(Boolean[]::new))
                .param(
                        "viewings",
                        signedIn.stream()
                                .map(one -> one.viewing().map(Viewing::id).orElse(0L))
                                .toArray(Long[]::new))
                .param("millis", now.toEpochMilli())
                .param("now", SqlTime.utc(now))
                .param("earliest", SqlTime.utc(now.minus(ViewingService.LONGEST)))
                .param("unconfirmed", SqlTime.utc(now.minus(LONGEST_UNCONFIRMED)))
                .query(row -> {
                    over.add(signedIn.get(row.getInt("number") - 1));
                });
        return over;
    }

    /** The right with the role that holds now: one that a group gave may have lapsed. */
    public SignInRight current(SignInRight access) {
        var account = access.account();
        boolean lapsed = account.isOperator()
                && jdbc.sql("select operator_until <= :now from accounts where id = :id and operator_until is not null")
                        .param("now", SqlTime.utc(clock.instant()))
                        .param("id", account.id().value())
                        .query(Boolean.class)
                        .optional()
                        .orElse(false);
        return lapsed ? new SignInRight(account.with(Role.DRIVER), access.revision()) : access;
    }

    private static SignedIn signedIn(ResultSet row, String session, Instant now) throws SQLException {
        var access = AccountRepository.access(row, 0);
        var signedIn = SignedIn.bySession(access, session);
        long viewing = row.getLong("viewing_id");
        if (row.wasNull()) {
            return signedIn;
        }
        var driver = AccountRepository.account(row, "d_");
        var until = SqlTime.required(row, "began_at").plus(ViewingService.LONGEST);
        boolean over = !now.isBefore(until) || !access.account().isOperator() || driver.isOperator();
        return signedIn.viewing(new Viewing(viewing, access.account(), driver, until, over));
    }
}
