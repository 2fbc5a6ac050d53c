package express.polaris.accounts;

import express.polaris.platform.sql.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
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
     * @return empty when access was revoked or the sign-in has ended on any node
     */
    public Optional<SignedIn> signedIn(AccountId account, int revision, String session) {
        var now = clock.instant();
        return jdbc.sql("""
            select a.id, a.email, a.name, a.role, a.locale, a.time_zone, a.disabled_at, a.distance_unit,
                   a.consumption, a.access_revision,
                   v.id as viewing_id, v.began_at,
                   d.id as d_id, d.email as d_email, d.name as d_name, d.role as d_role, d.locale as d_locale,
                   d.time_zone as d_time_zone, d.disabled_at as d_disabled_at,
                   d.distance_unit as d_distance_unit, d.consumption as d_consumption
              from accounts a
              left join viewings v on v.sign_in = ? and v.ended_at is null
              left join accounts d on d.id = v.driver_id
             where a.id = ? and a.access_revision = ? and a.disabled_at is null
               and exists (select from spring_session s where s.session_id = ?)
            """)
                .params(session, account.value(), revision, session)
                .query((row, number) -> signedIn(row, session, now))
                .optional();
    }

    /** Returns whether the sign-in or token, and its viewing if any, is still valid; one query that sees all nodes. */
    public boolean holds(SignedIn signedIn) {
        var now = clock.instant();
        return jdbc.sql("""
            select exists (
                select from accounts a
                 where a.id = :account and a.access_revision = :revision and a.disabled_at is null
                   and (exists (select from spring_session s
                                 where s.session_id = :session and s.expiry_time > :millis)
                        or exists (select from api_tokens t
                                    where t.id = :token and t.account_id = a.id and t.expires_at > :now))
                   and (:viewing = 0
                        or a.role = 'OPERATOR'
                           and exists (select from viewings v join accounts d on d.id = v.driver_id
                                        where v.id = :viewing and v.ended_at is null and v.began_at > :earliest
                                          and d.role = 'DRIVER')))
            """)
                .param("account", signedIn.person().id().value())
                .param("revision", signedIn.revision())
                .param("session", signedIn.sessionId())
                .param("millis", now.toEpochMilli())
                .param("token", signedIn.tokenId())
                .param("now", SqlTime.utc(now))
                .param("viewing", signedIn.viewing().map(Viewing::id).orElse(0L))
                .param("earliest", SqlTime.utc(now.minus(ViewingService.LONGEST)))
                .query(Boolean.class)
                .single();
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
