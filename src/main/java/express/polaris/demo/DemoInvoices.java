package express.polaris.demo;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.AccountService;
import express.polaris.billing.invoicing.CreditService;
import express.polaris.billing.invoicing.Invoice;
import express.polaris.billing.invoicing.InvoiceService;
import express.polaris.billing.invoicing.InvoicingJob;
import express.polaris.demo.DemoConfiguration.DemoEpoch;
import express.polaris.platform.settings.Settings;
import express.polaris.platform.settings.SettingsLoader;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Optional;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Issues the invoices of past months as soon as the demo's history is imported, each dated at the beginning of the next
 * month, with a credit on the latest. All are paid but the latest and one of Ben's, which is overdue.
 */
@Component
@ConditionalOnProperty(name = SettingsLoader.MODE, havingValue = SettingsLoader.DEMO)
class DemoInvoices {

    private static final int DAY_OF_PAYMENT = 9;

    private final InvoicingJob invoicing;
    private final InvoiceService invoices;
    private final CreditService credits;
    private final AccountService accounts;
    private final DemoEpoch epoch;
    private final ZoneId zone;
    private final Clock clock;
    private int runs;
    private volatile boolean done;

    DemoInvoices(
            InvoicingJob invoicing,
            InvoiceService invoices,
            CreditService credits,
            AccountService accounts,
            DemoEpoch epoch,
            Settings settings,
            Clock clock) {
        this.invoicing = invoicing;
        this.invoices = invoices;
        this.credits = credits;
        this.accounts = accounts;
        this.epoch = epoch;
        this.zone = settings.timeZone();
        this.clock = clock;
    }

    /** Repeats the run until no due invoice is held: invoices are held until all their sessions are imported. */
    @Scheduled(initialDelayString = "PT5S", fixedDelayString = "PT5S")
    void untilNoneIsHeld() {
        if (done) {
            return;
        }
        var last = YearMonth.from(clock.instant().atZone(zone));
        for (var month = YearMonth.from(epoch.instant().atZone(zone)).plusMonths(1);
                !month.isAfter(last);
                month = month.plusMonths(1)) {
            var start = month.atDay(1).atStartOfDay(zone).toInstant();
            var issue = start.plus(InvoicingJob.GRACE);
            if (!issue.isAfter(clock.instant())) {
                if (!month.plusMonths(1)
                        .atDay(1)
                        .atStartOfDay(zone)
                        .toInstant()
                        .plus(InvoicingJob.GRACE)
                        .isBefore(clock.instant())) {
                    grant();
                }
                // A held invoice is looked at again a few seconds later.
                invoicing.runAsOf(start.plusSeconds(10L * runs), issue);
                if (!invoicing.held().isEmpty()) {
                    // Later months come later, or they would date the invoices that are held.
                    runs++;
                    return;
                }
            }
        }
        pay();
        done = true;
    }

    private void grant() {
        var ada = account("ada");
        if (credits.of(ada).isEmpty()) {
            credits.grant(ada, "5.00", "The charger was out of order on Sunday", Optional.empty(), account("operator"));
        }
    }

    private void pay() {
        var ben = account("ben");
        var all = invoices.page(Optional.empty(), Optional.empty(), 50);
        var latest = all.stream().map(Invoice::issuedOn).max(Comparator.naturalOrder());
        var overdue = all.stream()
                .filter(invoice -> invoice.driver().equals(ben))
                .filter(invoice -> latest.filter(invoice.issuedOn()::isBefore).isPresent())
                .filter(invoice -> invoice.dueOn().isBefore(LocalDate.ofInstant(clock.instant(), zone)))
                .max(Comparator.comparing(Invoice::issuedOn));
        all.stream()
                .filter(invoice -> !invoice.isPaid() && invoice.asksForPayment())
                .filter(invoice -> latest.filter(invoice.issuedOn()::isBefore).isPresent())
                .filter(invoice -> overdue.filter(invoice::equals).isEmpty())
                .forEach(invoice ->
                        invoices.markPaid(invoice.number(), invoice.issuedOn().plusDays(DAY_OF_PAYMENT), zone));
    }

    private AccountId account(String key) {
        return accounts.findByEmail(key + "@demo.example").map(Account::id).orElseThrow();
    }
}
