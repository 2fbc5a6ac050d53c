package express.polaris.console.overview;

import express.polaris.billing.BillingConcerns;
import express.polaris.billing.invoicing.InvoicingJob;
import express.polaris.console.overview.HealthPage.Check;
import express.polaris.console.overview.HealthPage.State;
import express.polaris.console.sync.SyncWords;
import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.messages.mail.MailProbe;
import express.polaris.messages.mail.OperatorMails;
import express.polaris.platform.database.DatabaseProbe;
import express.polaris.sessions.statistics.Accounting;
import express.polaris.steve.SteveHealth;
import express.polaris.steve.SteveProbe;
import express.polaris.sync.SyncConcerns;
import express.polaris.web.views.FaultWords;
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
    private static final Duration STEVE = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofSeconds(3);
    private static final Duration SLOW = Duration.ofSeconds(1);
    private static final Duration INVOICES_LATE = Duration.ofHours(2);
    private static final long LITTLE_ROOM = 1L << 30;
    private static final long NO_ROOM = 200L << 20;

    private final SteveProbe probe;
    private final SteveHealth steve;
    private final DatabaseProbe database;
    private final MailProbe mail;
    private final OperatorMails mails;
    private final SyncConcerns sync;
    private final BillingConcerns billing;
    private final Accounting accounting;

    HealthChecks(
            SteveProbe probe,
            SteveHealth steve,
            DatabaseProbe database,
            MailProbe mail,
            OperatorMails mails,
            SyncConcerns sync,
            BillingConcerns billing,
            Accounting accounting) {
        this.probe = probe;
        this.steve = steve;
        this.database = database;
        this.mail = mail;
        this.mails = mails;
        this.sync = sync;
        this.billing = billing;
        this.accounting = accounting;
    }

    private record Asked(String key, String icon, Future<Check> answer) {}

    List<Check> all(Texts texts, Format format, Instant now) {
        var words = new Words(texts, format);
        var executor = Executors.newVirtualThreadPerTaskExecutor();
        try {
            long deadline = System.nanoTime() + LONGEST.toNanos();
            List<Asked> asked = List.of(
                    asked("steve", "charger", executor.submit(() -> steve(words))),
                    asked("sync", "sync", executor.submit(() -> sync(words, now))),
                    asked("database", "list", executor.submit(() -> database(words))),
                    asked("disk", "device", executor.submit(() -> disk(words))),
                    asked("mail", "mail", executor.submit(() -> mail(words))),
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

    private record Words(Texts texts, Format format) {

        Check check(String key, String icon, State state, String message, String advice) {
            return new Check("health." + key, icon, state, message, advice);
        }

        String get(String key, Object... arguments) {
            return texts.get("health." + key, arguments);
        }
    }

    private static Check answer(Asked asked, Words words, long deadline) {
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

    private Check steve(Words words) {
        long start = System.nanoTime();
        return switch (probe.glance(STEVE)) {
            case SteveProbe.Glance.Answers() -> {
                var took = Duration.ofNanos(System.nanoTime() - start);
                boolean slow = took.compareTo(SLOW) > 0;
                yield words.check(
                        "steve",
                        "charger",
                        slow ? State.WARNING : State.GOOD,
                        words.get("steve.answers", took.toMillis()),
                        slow ? words.get("steve.slow") : "");
            }
            case SteveProbe.Glance.Fails(var reason) -> {
                var why = new SyncWords(words.texts(), words.format()).reason(reason);
                var message = steve.state()
                        .answeredAt()
                        .map(at -> words.get(
                                "steve.failsSince", why, words.format().dateTime(at)))
                        .orElseGet(() -> words.get("steve.fails", why));
                yield words.check(
                        "steve", "charger", State.BAD, message, words.get("steve.advice." + advice(reason.name())));
            }
        };
    }

    private static String advice(String reason) {
        return switch (reason) {
            case "NOT_AUTHORISED" -> "password";
            case "TIMEOUT", "UNREACHABLE" -> "network";
            case "SERVER_ERROR" -> "log";
            default -> "address";
        };
    }

    private Check sync(Words words, Instant now) {
        var lag = sync.lag(now);
        var message = new SyncWords(words.texts(), words.format()).sync(lag, now);
        if (lag.leaderUntil().filter(now::isBefore).isEmpty()) {
            return words.check("sync", "sync", State.BAD, message, words.get("sync.noLeader"));
        }
        if (lag.stopped().isPresent()) {
            return words.check("sync", "sync", State.WARNING, message, words.get("sync.stopped"));
        }
        if (lag.ownPause().isPresent()) {
            var why = new FaultWords(words.texts(), words.format())
                    .of(lag.ownPause().get());
            return words.check("sync", "sync", State.BAD, message, why);
        }
        boolean late = SyncWords.isLate(lag, now);
        return words.check(
                "sync", "sync", late ? State.WARNING : State.GOOD, message, late ? words.get("sync.advice") : "");
    }

    private Check database(Words words) {
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

    private Check disk(Words words) throws IOException {
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

    private Check mail(Words words) {
        var queue = mails.queue();
        var counts = words.get(
                "mail.queue",
                words.format().count(queue.waiting()),
                words.format().count(queue.failed()));
        return switch (mail.ask()) {
            case MailProbe.Answer.Off() ->
                words.check("mail", "mail", State.OFF, words.get("mail.off"), words.get("mail.off.advice"));
            case MailProbe.Answer.Takes() ->
                words.check(
                        "mail",
                        "mail",
                        queue.failed() > 0 ? State.WARNING : State.GOOD,
                        words.get("mail.takes") + " " + counts,
                        "");
            case MailProbe.Answer.Fails(var failure) ->
                words.check(
                        "mail",
                        "mail",
                        State.BAD,
                        words.get("mail.fails", failure) + " " + counts,
                        words.get("mail.advice"));
        };
    }

    private Check invoices(Words words, Instant now) {
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
        return words.check("invoices", "invoice", State.GOOD, words.get("invoices.good"), "");
    }

    /** The job takes up a period once {@link InvoicingJob#GRACE} has passed since its end. */
    private static boolean late(Instant due, Instant now) {
        return due.isBefore(now.minus(InvoicingJob.GRACE).minus(INVOICES_LATE));
    }

    private Check accounting(Words words) {
        var statement = accounting.statement();
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

    private static String megabytes(long bytes, Format format) {
        return format.count(bytes >> 20);
    }
}
