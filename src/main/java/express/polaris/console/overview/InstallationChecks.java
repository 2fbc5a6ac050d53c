package express.polaris.console.overview;

import express.polaris.accounts.AccountId;
import express.polaris.platform.sql.SqlTime;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Repository of {@code installation_checks}: the latest result of each check that an operator runs or hides. */
@Repository
class InstallationChecks {

    private final JdbcClient jdbc;
    private final Clock clock;

    InstallationChecks(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** What has a result. */
    enum Name {
        TEST_MAIL("test_mail"),
        HIDDEN_STEPS("hidden_steps");

        private final String stored;

        Name(String stored) {
            this.stored = stored;
        }
    }

    /**
     * @param subject what was checked
     */
    record Result(String subject, String outcome, Instant at) {}

    Optional<Result> find(Name name) {
        return jdbc.sql("select subject, outcome, checked_at from installation_checks where name = ?")
                .param(name.stored)
                .query((row, number) -> new Result(
                        row.getString("subject"), row.getString("outcome"), SqlTime.required(row, "checked_at")))
                .optional();
    }

    void save(Name name, String subject, String outcome, AccountId operator) {
        jdbc.sql("""
            insert into installation_checks (name, subject, outcome, checked_by, checked_at)
            values (:name, :subject, :outcome, :operator, :now)
            on conflict (name) do update
               set subject = excluded.subject, outcome = excluded.outcome,
                   checked_by = excluded.checked_by, checked_at = excluded.checked_at
            """)
                .param("name", name.stored)
                .param("subject", subject)
                .param("outcome", outcome)
                .param("operator", operator.value())
                .param("now", SqlTime.utc(clock.instant()))
                .update();
    }
}
