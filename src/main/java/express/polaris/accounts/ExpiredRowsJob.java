package express.polaris.accounts;

import express.polaris.platform.sql.SqlTime;
import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Deletes expired rows once an hour. Safe on several nodes: deletion is idempotent. */
@Component
class ExpiredRowsJob {

    private final JdbcClient jdbc;
    private final Clock clock;

    ExpiredRowsJob(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "PT10M", fixedDelayString = "PT1H")
    void removeWhatHasLapsed() {
        var now = SqlTime.utc(clock.instant());
        jdbc.sql("""
            delete from sign_in_throttles
             where coalesce(blocked_until, window_start) < :now - interval '25 hours'
            """).param("now", now).update();
        jdbc.sql("delete from api_tokens where expires_at < :now")
                .param("now", now)
                .update();
        jdbc.sql("delete from sign_in_links where coalesce(expires_at, requested_at + interval '7 days')"
                        + " < :now - interval '1 day'")
                .param("now", now)
                .update();
        jdbc.sql("delete from used_passkey_challenges where expires_at < :now")
                .param("now", now)
                .update();
        jdbc.sql("delete from used_oidc_values where expires_at < :now")
                .param("now", now)
                .update();
        // A sign-in whose answer never reached the browser was not stored either.
        jdbc.sql("""
            delete from oidc_sign_ins o
             where o.confirmed_at < :now - interval '1 hour'
               and not exists (select from spring_session s where s.session_id = o.session_id)
            """).param("now", now).update();
    }
}
