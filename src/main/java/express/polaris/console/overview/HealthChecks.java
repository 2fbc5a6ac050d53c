package express.polaris.console.overview;

import express.polaris.billing.BillingConcerns;
import express.polaris.billing.invoicing.InvoicingJob;
import express.polaris.console.overview.HealthPage.Check;
import express.polaris.console.overview.HealthPage.State;
import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.platform.database.DatabaseProbe;
import express.polaris.sessions.statistics.Accounting;
import express.polaris.web.views.HoldWords;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Checks everything that the portal depends on, concurrently and for at most three seconds. A check that hangs is
 * reported as such and does not delay the others.
 */
@Component
class HealthChecks {

    private static final Logger log = LoggerFactory.getLogger(HealthChecks.class);
    private static final Duration LONGEST = Duration.ofSeconds(3);
    private static final Duration SLOW = Duration.ofSeconds(1);
    private static final Duration INVOICES_LATE = Duration.ofHours(2);
    private static final long LITTLE_ROOM = 1L << 30;
    private static final long NO_ROOM = 200L << 20;

    private final SteveChecks steve;
    private final MailCheck mail;
    private final AddressCheck address;
    private final DatabaseProbe database;
    private final BillingConcerns billing;
    private final Accounting accounting;
    private final ImportState.Reader data;

    HealthChecks(
            SteveChecks steve,
            MailCheck mail,
            AddressCheck address,
            DatabaseProbe database,
            BillingConcerns billing,
            Accounting accounting,
            ImportState.Reader data) {
        this.steve = steve;
        this.mail = mail;
        this.address = address;
        this.database = database;
        this.billing = billing;
        this.accounting = accounting;
        this.data = data;
    }

    private record Asked(String key, String icon, Future<Check> answer) {}

    /** @param seen address at which the operator opened the page */
    List<Check> all(Texts texts, Format format, Instant now, SeenAddress seen) {
        var words = new HealthWords(texts, format);
        var executor = Executors.newVirtualThreadPerTaskExecutor();
        try {
            long deadline = System.nanoTime() + LONGEST.toNanos();
            List<Asked> asked = List.of(
                    asked("steve", "charger", executor.submit(() -> steve.steve(words))),
                    asked("sync", "sync", executor.submit(() -> steve.sync(words, now))),
                    asked("database", "list", executor.submit(() -> database(words))),
                    asked("disk", "device", executor.submit(() -> disk(words))),
                    asked("mail", "mail", executor.submit(() -> mail.check(words))),
                    asked("address", "link", executor.submit(() -> address(words, seen))),
                    asked("invoices", "invoice", executor.submit(() -> invoices(words, now))),
                    asked("accounting", "bolt", executor.submit(() -> accounting(words))));
            return asked.stream().map(one -> answer(one, words, deadline)).toList();
        } finally {
            executor.shutdownNow();
        }
    }

    private static Asked asked(String key, String icon, Future<Check> answer) {
        return new Asked(key, icon, answer);
    }

    private static Check answer(Asked asked, HealthWords words, long deadline) {
        try {
            return asked.answer().get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return words.check(
                    asked.key(),
                    asked.icon(),
                    State.BAD,
                    words.get("hangs", LONGEST.toSeconds()),
                    words.get(asked.key() + ".advice"));
        } catch (ExecutionException e) {
            log.warn("Health check {} failed", asked.key(), e.getCause());
            return words.check(
                    asked.key(), asked.icon(), State.BAD, words.get("fails"), words.get(asked.key() + ".advice"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return words.check(asked.key(), asked.icon(), State.BAD, words.get("fails"), "");
        }
    }

    private Check database(HealthWords words) {
        long start = System.nanoTime();
        var answer = database.ask();
        var took = Duration.ofNanos(System.nanoTime() - start);
        boolean slow = took.compareTo(SLOW) > 0;
        return words.check(
                "database",
                "list",
                slow ? State.WARNING : State.GOOD,
                words.get(
                        answer.isEmbedded() ? "database.embedded" : "database.external",
                        answer.version(),
                        took.toMillis(),
                        megabytes(answer.bytes(), words.format()),
                        answer.connections()),
                slow ? words.get("database.advice") : "");
    }

    private Check disk(HealthWords words) throws IOException {
        var room = database.room();
        if (room.isEmpty()) {
            return words.check("disk", "device", State.OFF, words.get("disk.elsewhere"), "");
        }
        long bytes = room.get();
        var state = bytes < NO_ROOM ? State.BAD : bytes < LITTLE_ROOM ? State.WARNING : State.GOOD;
        return words.check(
                "disk",
                "device",
                state,
                words.get("disk.room", megabytes(bytes, words.format())),
                state == State.GOOD ? "" : words.get("disk.advice"));
    }

    private Check invoices(HealthWords words, Instant now) {
        var waiting = billing.invoicesWaiting(now);
        if (waiting.overdueSince().filter(at -> late(at, now)).isPresent()) {
            return words.check(
                    "invoices",
                    "invoice",
                    State.BAD,
                    words.get(
                            "invoices.late",
                            words.format().dateTime(waiting.overdueSince().get())),
                    words.get("invoices.advice"));
        }
        if (waiting.held() > 0) {
            return words.check(
                    "invoices",
                    "invoice",
                    State.WARNING,
                    words.get("invoices.held", words.format().count(waiting.held())),
                    waiting.because()
                            .map(new HoldWords(words.texts(), words.format())::of)
                            .orElse(""));
        }
        return billing.hasSubscriptions(now)
                ? words.check("invoices", "invoice", State.GOOD, words.get("invoices.good"), "")
                : words.check("invoices", "invoice", State.UNCHECKED, words.get("invoices.none"), "");
    }

    /** The job takes up a period once {@link InvoicingJob#GRACE} has passed since its end. */
    private static boolean late(Instant due, Instant now) {
        return due.isBefore(now.minus(InvoicingJob.GRACE).minus(INVOICES_LATE));
    }

    private Check accounting(HealthWords words) {
        var statement = accounting.statement();
        if (statement.sessions() == 0 && statement.isBalanced()) {
            var none = data.now() == ImportState.NOT_REACHED ? "accounting.unreached" : "accounting.none";
            return words.check("accounting", "bolt", State.UNCHECKED, words.get(none), "");
        }
        return words.check(
                "accounting",
                "bolt",
                statement.isBalanced() ? State.GOOD : State.BAD,
                words.get(
                        statement.isBalanced() ? "accounting.good" : "accounting.bad",
                        words.format().count(statement.sessions()),
                        words.format().energy(statement.difference()),
                        words.format().time(statement.drawnUpAt())),
                statement.isBalanced() ? "" : words.get("accounting.advice"));
    }

    private Check address(HealthWords words, SeenAddress seen) {
        var step = address.check(words.texts(), seen);
        var state = switch (step.state()) {
            case DONE -> State.GOOD;
            case FAILED -> State.WARNING;
            case TODO, UNCHECKED -> State.UNCHECKED;
            case OPTIONAL -> State.OFF;
        };
        return words.check("address", "link", state, step.evidence(), step.advice());
    }

    private static String megabytes(long bytes, Format format) {
        return format.count(bytes >> 20);
    }
}
