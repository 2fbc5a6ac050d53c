package express.polaris.billing.statements;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.AccountService;
import express.polaris.platform.database.RetriedTransaction;
import express.polaris.platform.settings.Settings;
import express.polaris.sessions.DriverVersions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Job that draws up statements of months that have ended, and corrections of earlier ones. Safe on several nodes: a
 * driver's terms are claimed, the statements and their mails are one transaction, and a month's revision exists once.
 */
@Service
public class StatementJob {

    /** Minimum delay between a month's end and its statement, because readings can arrive late. */
    public static final Duration GRACE = Duration.ofHours(6);

    /** Longest delay because of energy that may be missing; what arrives later is on a correction. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(3);

    private static final Logger log = LoggerFactory.getLogger(StatementJob.class);

    private final ReimbursementRepository terms;
    private final StatementRepository statements;
    private final StatementSource source;
    private final AccountService accounts;
    private final DriverVersions versions;
    private final ApplicationEventPublisher events;
    private final RetriedTransaction transaction;
    private final Settings settings;
    private final Clock clock;

    StatementJob(
            ReimbursementRepository terms,
            StatementRepository statements,
            StatementSource source,
            AccountService accounts,
            DriverVersions versions,
            ApplicationEventPublisher events,
            PlatformTransactionManager transactions,
            Settings settings,
            Clock clock) {
        this.terms = terms;
        this.statements = statements;
        this.source = source;
        this.accounts = accounts;
        this.versions = versions;
        this.events = events;
        this.transaction = new RetriedTransaction(transactions);
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "${billing.first-run:PT2M}", fixedDelayString = "PT10M")
    void runRegularly() {
        run();
    }

    /**
     * Draws up what is due. A driver whose statements fail is logged and skipped.
     *
     * @return number of statements and corrections drawn up
     */
    public int run() {
        int written = 0;
        for (var driver : terms.drivers()) {
            try {
                var numbers = Objects.requireNonNull(transaction.execute(status -> drawUp(driver)));
                if (!numbers.isEmpty()) {
                    log.info("Statements {} for driver {}", numbers, driver);
                }
                written += numbers.size();
            } catch (RuntimeException e) {
                log.error("Cannot draw up the statements of driver {}", driver, e);
            }
        }
        return written;
    }

    private List<String> drawUp(AccountId id) {
        var claimed = terms.claim(id);
        if (claimed.isEmpty()) {
            return List.of();
        }
        var driver = accounts.find(id).orElseThrow();
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        long version = versions.of(id);
        var last = lastMonth(driver, now);
        if (claimed.get().version().filter(seen -> seen == version).isPresent()
                && claimed.get().through().filter(last::equals).isPresent()) {
            return List.of();
        }
        var numbers = write(driver, terms.find(id).orElseThrow(), last, now);
        terms.lookedAt(id, version, last);
        return numbers;
    }

    /** Last month that can be stated: it ended at least {@link #GRACE} ago, and its energy is complete. */
    private YearMonth lastMonth(Account driver, Instant now) {
        var zone = driver.timeZone();
        var last = YearMonth.from(now.minus(GRACE).atZone(zone)).minusMonths(1);
        var end = start(last.plusMonths(1), zone);
        boolean waits = now.isBefore(end.plus(LONGEST_WAIT)) && source.isIncomplete(driver.id(), end);
        return waits ? last.minusMonths(1) : last;
    }

    private List<String> write(Account driver, Reimbursement reimbursement, YearMonth last, Instant now) {
        var zone = driver.timeZone();
        var stated = statements.statedOf(driver.id());
        var from = reimbursement.rates().stream()
                .map(ReimbursementRate::from)
                .min(LocalDate::compareTo)
                .map(day -> day.atStartOfDay(zone).toInstant())
                .orElse(Instant.MAX);
        var sessions = source.sessions(
                driver.id(),
                reimbursement.home(),
                from.isAfter(now) ? now : from,
                stated.sessions().keySet());
        var drafts = StatementDraft.due(sessions, reimbursement.rates(), stated, last, zone, settings.currency());
        var numbers = new ArrayList<String>();
        for (var draft : drafts) {
            var head = new StatementRepository.Head(
                    driver,
                    reimbursement,
                    Optional.ofNullable(stated.months().get(draft.month())),
                    settings.currency());
            int year = now.atZone(settings.timeZone()).getYear();
            var number = statements.write(head, draft, year, now);
            events.publishEvent(new StatementDrawnUp(
                    number, driver.id(), reimbursement.agreedSendTo().isPresent()));
            numbers.add(number);
        }
        return numbers;
    }

    private static Instant start(YearMonth month, ZoneId zone) {
        return month.atDay(1).atStartOfDay(zone).toInstant();
    }
}
