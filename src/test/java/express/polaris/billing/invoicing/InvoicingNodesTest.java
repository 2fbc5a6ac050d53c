package express.polaris.billing.invoicing;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.billing.invoicing.BillingFixture.Event;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Nodes that invoice concurrently. */
class InvoicingNodesTest {

    private final BillingFixture fixture = new BillingFixture();
    private final InvoicingJob invoicing = fixture.get(InvoicingJob.class);
    private final InvoiceService invoices = fixture.get(InvoiceService.class);

    /** Fails if two nodes invoice a driver's period twice or an invoice number is missing. */
    @Test
    void fourConcurrentNodesInvoiceEachPeriodOnceWithoutGapsInNumbers() throws Exception {
        for (int count = 0; count < 12; count++) {
            var driver = fixture.driver();
            fixture.subscribe(driver, fixture.tiered(false), "2026-02-28T23:00:00Z", Optional.empty());
            fixture.charged(driver, new Event("2026-03-10T10:00:00Z", "11"));
        }
        fixture.everythingIsRead();

        try (var pool = Executors.newFixedThreadPool(4)) {
            var nodes = IntStream.range(0, 4)
                    .mapToObj(node -> (Callable<Integer>) () -> invoicing.run(Optional.empty()))
                    .toList();
            int written = 0;
            for (var node : pool.invokeAll(nodes)) {
                written += node.get();
            }
            assertThat(written).isEqualTo(36); // 12 drivers × March, April, May
        }
        assertThat(invoices.page(Optional.empty(), Optional.empty(), 100))
                .extracting(Invoice::number)
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 36)
                        .mapToObj(number -> String.format(Locale.ROOT, "2026-%06d", number))
                        .toList());
    }

    /** Fails if a node invoices again what an unknown other node has already invoiced. */
    @Test
    void twoNodesThatShareOnlyTheDatabaseInvoiceEachPeriodOnce() throws Exception {
        var other = new BillingFixture(fixture.dataSource);
        other.clock.at(fixture.clock.instant().toString());
        for (int count = 0; count < 8; count++) {
            var driver = fixture.driver();
            fixture.subscribe(driver, fixture.tiered(false), "2026-02-28T23:00:00Z", Optional.empty());
            fixture.charged(driver, new Event("2026-03-10T10:00:00Z", "11"));
            fixture.get(CreditService.class).grant(driver, "1", "Sorry", Optional.empty(), driver);
        }
        fixture.everythingIsRead();

        try (var pool = Executors.newFixedThreadPool(2)) {
            var here = pool.submit(() -> invoicing.run(Optional.empty()));
            var there = pool.submit(() -> other.get(InvoicingJob.class).run(Optional.empty()));
            assertThat(here.get() + there.get()).isEqualTo(24); // 8 drivers × March, April, May
        }
        var all = invoices.pageWithLines(Optional.empty(), Optional.empty(), 100);
        assertThat(all)
                .extracting(Invoice::number)
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 24)
                        .mapToObj(number -> String.format(Locale.ROOT, "2026-%06d", number))
                        .toList());
        assertThat(all.stream().map(Invoice::net).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("257.60"); // 8 × (3 × 10 fee + 10 × 0.30 + 1 × 0.20 − 1)
    }
}
