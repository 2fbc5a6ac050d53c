package express.polaris.benchmarks;

import express.polaris.billing.invoicing.InvoicingJob;
import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.testing.MailServer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/** How long a mail with a link to sign in takes while nothing happens, and while 1,000 invoices are drawn up and mailed. */
final class MonthEndBenchmark {

    private static final int QUIET_MAILS = 10;
    private static final Duration BETWEEN_MAILS = Duration.ofSeconds(1);
    private static final Duration SHOWN_WITHIN = Duration.ofMillis(20);

    private MonthEndBenchmark() {}

    static void run() throws Exception {
        try (var steve = new SimulatedSteve(Clock.systemUTC()).start();
                var portal = new BenchmarkPortal(
                        steve,
                        "--billing.first-run=P1D",
                        "--polaris.public.url=" + MailServer.PUBLIC_URL,
                        "--polaris.smtp.host=127.0.0.1",
                        "--polaris.smtp.port=" + MailServer.port(),
                        "--polaris.smtp.security=none",
                        "--polaris.smtp.from=portal@polaris.example")) {
            InvoicesBenchmark.write(portal);
            portal.jdbc()
                    .sql("update sync_cursor set last_wide_read_at = now()")
                    .update();
            for (int interval = 1; interval <= InvoicesBenchmark.INTERVALS; interval++) {
                InvoicesBenchmark.due(portal, interval);
            }
            portal.jdbc().sql("vacuum analyze").update();
            var emails = portal.jdbc()
                    .sql("select email from accounts where role = 'DRIVER' order by id")
                    .query(String.class)
                    .list()
                    .iterator();
            var quiet = new ArrayList<Duration>();
            for (int mail = 0; mail < QUIET_MAILS; mail++) {
                quiet.add(untilDelivered(portal, emails.next()));
                Thread.sleep(BETWEEN_MAILS.toMillis());
            }
            steve.answersTake(Duration.ofMinutes(1));
            var busy = new ArrayList<Duration>();
            long start = System.nanoTime();
            try (var thread = Executors.newVirtualThreadPerTaskExecutor()) {
                var invoicing = CompletableFuture.supplyAsync(
                        () -> portal.bean(InvoicingJob.class).run(Optional.empty()), thread);
                while (!invoicing.isDone() || mailsLeft(portal) > 0) {
                    busy.add(untilDelivered(portal, emails.next()));
                    Thread.sleep(BETWEEN_MAILS.toMillis());
                }
                System.out.printf(
                        "%n%,d invoices drawn up and mailed in %.1f s, while SteVe hangs%n",
                        invoicing.join(), (System.nanoTime() - start) / 1e9);
            }
            System.out.printf("%-34s %6s %8s %8s%n", "mails with a link to sign in", "mails", "p50 s", "max s");
            print("while nothing happens", quiet);
            print("during the month's end", busy);
        }
    }

    private static long mailsLeft(BenchmarkPortal portal) {
        return portal.jdbc()
                .sql("select count(*) from mails where next_try_at is not null")
                .query(Long.class)
                .single();
    }

    /** From the request to the mail server's receipt. */
    private static Duration untilDelivered(BenchmarkPortal portal, String email) throws InterruptedException {
        long start = System.nanoTime();
        portal.jdbc()
                .sql("insert into sign_in_requests (email, purpose) values (?, 'SIGN_IN')")
                .param(email)
                .update();
        while (!isDelivered(portal, email)) {
            Thread.sleep(SHOWN_WITHIN.toMillis());
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static boolean isDelivered(BenchmarkPortal portal, String email) {
        return portal.jdbc().sql("""
            select exists (select from mails m join accounts a on a.id = m.account_id
                            where a.email = ? and m.kind = 'sign_in_link' and m.sent_at is not null)
            """).param(email).query(Boolean.class).single();
    }

    private static void print(String when, List<Duration> times) {
        var sorted = times.stream().sorted().toList();
        System.out.printf(
                "%-34s %6d %8.2f %8.2f%n",
                when,
                sorted.size(),
                sorted.get(sorted.size() / 2).toMillis() / 1_000.0,
                sorted.getLast().toMillis() / 1_000.0);
    }
}
