package express.polaris.accounts;

import express.polaris.database.SqlTime;
import express.polaris.problems.NotFound;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Operators look at drivers' portals, read only, for half an hour at the most; when it began and how it ended is in the
 * audit log. It is kept in the database and not in the session, which each node remembers for a while. Safe on several
 * nodes: a viewing is ended by one statement, so it ends once.
 */
@Service
public class Viewings {

    /** After that it ends by itself. */
    public static final Duration LONGEST = Duration.ofMinutes(30);

    private final JdbcClient jdbc;
    private final AccountRepository accounts;
    private final AuditLog audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Viewings(
            JdbcClient jdbc,
            AccountRepository accounts,
            AuditLog audit,
            ApplicationEventPublisher events,
            Clock clock) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** How a viewing came to its end. */
    public enum End {
        /** The operator ended it. */
        ENDED,
        /** Its time was up, or one of both was no longer what they were. */
        LAPSED,
        /** The operator's sign-in has ended. */
        SIGNED_OUT
    }

    private record Open(long id, AccountId operator, AccountId driver, String signIn, Instant beganAt) {}

    /**
     * Begins it in the operator's browser; one that was open there ends.
     *
     * @throws NotFound unless it is a driver
     */
    @Transactional
    public void begin(SignedIn operator, AccountId driver) {
        if (!operator.account().isOperator() || operator.usesToken()) {
            throw new NotFound();
        }
        var seen = accounts.lock(driver)
                .filter(account -> account.role() == Role.DRIVER)
                .orElseThrow(NotFound::new);
        operator.viewing().ifPresent(open -> end(open.id(), End.LAPSED));
        jdbc.sql("""
            insert into viewings (sign_in, operator_id, driver_id, began_at)
            values (:signIn, :operator, :driver, :now)
            """)
                .param("signIn", operator.sessionId())
                .param("operator", operator.account().id().value())
                .param("driver", seen.id().value())
                .param("now", SqlTime.utc(clock.instant()))
                .update();
        audit.record(
                Optional.of(operator.account().id()),
                "view-as.begin",
                "account " + driver,
                Map.of("minutes", LONGEST.toMinutes()));
    }

    /** Ends it, with the streams it has open; nothing if it has ended before. */
    @Transactional
    public void end(long viewing, End how) {
        jdbc.sql("""
            update viewings set ended_at = greatest(cast(:now as timestamptz), began_at)
             where id = :id and ended_at is null
            returning id, operator_id, driver_id, sign_in, began_at
            """)
                .param("id", viewing)
                .param("now", SqlTime.utc(clock.instant()))
                .query((row, number) -> new Open(
                        row.getLong("id"),
                        new AccountId(row.getLong("operator_id")),
                        new AccountId(row.getLong("driver_id")),
                        row.getString("sign_in"),
                        SqlTime.required(row, "began_at")))
                .optional()
                .ifPresent(ended -> noteEnd(ended, how));
    }

    /** Ends those that nobody comes back to: their time is up, or their sign-in has ended. */
    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1M")
    void endForgotten() {
        jdbc.sql("""
            select v.id, s.session_id is not null as signed_in
              from viewings v left join spring_session s on s.session_id = v.sign_in
             where v.ended_at is null and (v.began_at <= :earliest or s.session_id is null)
             order by v.id limit 500
            """)
                .param("earliest", SqlTime.utc(clock.instant().minus(LONGEST)))
                .query((row, number) ->
                        Map.entry(row.getLong("id"), row.getBoolean("signed_in") ? End.LAPSED : End.SIGNED_OUT))
                .list()
                .forEach(open -> end(open.getKey(), open.getValue()));
    }

    private void noteEnd(Open ended, End how) {
        audit.record(
                Optional.of(ended.operator()),
                "view-as.end",
                "account " + ended.driver(),
                Map.of("how", how.name().toLowerCase(Locale.ROOT), "beganAt", ended.beganAt()));
        events.publishEvent(new SignInEnded(ended.driver(), SignedIn.signInOf(ended.signIn())));
    }
}
