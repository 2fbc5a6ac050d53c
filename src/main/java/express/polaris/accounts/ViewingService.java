package express.polaris.accounts;

import express.polaris.platform.refusals.NotFound;
import express.polaris.platform.sql.SqlTime;
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
 * Read-only viewing of driver portals by operators, for at most 30 minutes; begin and end are in the audit log.
 * Stored in the database and not in the session, which each node caches. Safe on several nodes: one statement ends
 * a viewing, so it ends once.
 */
@Service
public class ViewingService {

    /** Time after which a viewing expires. */
    public static final Duration LONGEST = Duration.ofMinutes(30);

    private final JdbcClient jdbc;
    private final AccountRepository accounts;
    private final AuditLog audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ViewingService(
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

    /** Reason a viewing ended. */
    public enum End {
        /** The operator ended it. */
        ENDED,
        /** It expired, or a role changed. */
        LAPSED,
        /** The operator's sign-in ended. */
        SIGNED_OUT
    }

    private record Open(long id, AccountId operator, AccountId driver, String signIn, Instant beganAt) {}

    /**
     * Begins a viewing in the operator's browser; an expired one there is ended first.
     *
     * @throws NotFound unless the account is a driver's and an operator asks from a browser without an active
     *     viewing
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

    /** Ends a viewing and its open streams; does nothing if it has already ended. */
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

    /** Ends abandoned viewings: expired, or their sign-in has ended. */
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
