package express.polaris.billing.statements;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.AccountService;
import express.polaris.platform.database.RetriedTransaction;
import express.polaris.sessions.DriverVersions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
    private final StatementSource source;
    private final StatementWriter writer;
    private final AccountService accounts;
    private final DriverVersions versions;
    private final RetriedTransaction transaction;
    private final Clock clock;

    StatementJob(
            ReimbursementRepository terms,
            StatementSource source,
            StatementWriter writer,
            AccountService accounts,
            DriverVersions versions,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.terms = terms;
        this.source = source;
        this.writer = writer;
        this.accounts = accounts;
        this.versions = versions;
        this.transaction = new RetriedTransaction(transactions);
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
        var numbers = writer.write(driver, terms.find(id).orElseThrow(), last, now);
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

    private static Instant start(YearMonth month, ZoneId zone) {
        return month.atDay(1).atStartOfDay(zone).toInstant();
    }
}
