package express.polaris.accounts;

import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** For what stays open longer than a request: whether the one who opened it may still see it. */
@Service
public class AccessChecks {

    private final JdbcClient jdbc;
    private final Clock clock;

    AccessChecks(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Whether the sign-in or token has not ended, on whichever node; one query. */
    public boolean holds(SignedIn signedIn) {
        var now = clock.instant();
        return jdbc.sql("""
            select exists (
                select from accounts a
                 where a.id = :account and a.access_revision = :revision and a.disabled_at is null
                   and (exists (select from spring_session s
                                 where s.session_id = :session and s.expiry_time > :millis)
                        or exists (select from api_tokens t
                                    where t.id = :token and t.account_id = a.id and t.expires_at > :now)))
            """)
                .param("account", signedIn.account().id().value())
                .param("revision", signedIn.revision())
                .param("session", signedIn.sessionId())
                .param("millis", now.toEpochMilli())
                .param("token", signedIn.tokenId())
                .param("now", AccountRepository.utc(now))
                .query(Boolean.class)
                .single();
    }
}
