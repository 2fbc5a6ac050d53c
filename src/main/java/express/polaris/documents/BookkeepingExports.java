package express.polaris.documents;

import express.polaris.billing.bookkeeping.Bookkeeping;
import express.polaris.billing.bookkeeping.BookkeepingAccounts;
import express.polaris.billing.bookkeeping.BookkeepingReason;
import express.polaris.billing.invoicing.Invoice;
import express.polaris.billing.invoicing.InvoiceJournal;
import express.polaris.billing.invoicing.InvoiceJournal.By;
import express.polaris.billing.invoicing.InvoiceJournal.Period;
import express.polaris.platform.database.Snapshot;
import express.polaris.platform.refusals.FaultCollector;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.Wording;
import express.polaris.platform.settings.Settings;
import express.polaris.units.Money;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Invoices and payments of a period for bookkeeping, as CSV and in DATEV's format, earliest first. Written page by page,
 * so memory does not grow with the number of invoices. The caller has authorized the request.
 */
@Component
public class BookkeepingExports {

    private static final int AT_A_TIME = 500;

    private final InvoiceJournal journal;
    private final Bookkeeping bookkeeping;
    private final Snapshot snapshot;
    private final ZoneId zone;
    private final Currency currency;
    private final Clock clock;

    BookkeepingExports(
            InvoiceJournal journal, Bookkeeping bookkeeping, Snapshot snapshot, Settings settings, Clock clock) {
        this.journal = journal;
        this.bookkeeping = bookkeeping;
        this.snapshot = snapshot;
        this.zone = settings.timeZone();
        this.currency = settings.currency();
        this.clock = clock;
    }

    /** Kind of export. */
    public enum Kind {
        INVOICES("invoices"),
        PAYMENTS("payments"),
        DATEV("datev");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }
    }

    /**
     * Period as typed.
     *
     * @param from day, ISO 8601
     * @param until day, inclusive
     * @param by {@code issued} or {@code paid}; blank = issued. Payments always go by their own day.
     */
    public record Wanted(String from, String until, String by) {}

    /** Writes rows to a stream. */
    @FunctionalInterface
    private interface Rows {
        void write(Invoice invoice) throws IOException;
    }

    /**
     * Reads the period that an export covers.
     *
     * @throws InvalidInput with all faults
     */
    public Period period(Kind kind, Wanted wanted) {
        var faults = new FaultCollector();
        var from = day("from", wanted.from(), faults);
        var until = day("until", wanted.until(), faults);
        var by = by(kind, wanted.by().strip(), faults);
        if (faults.list().isEmpty() && until.isBefore(from)) {
            faults.add("until", BookkeepingReason.UNTIL.with(from));
        }
        faults.throwIfAny();
        return new Period(by, from, until, zone, kind == Kind.DATEV ? Optional.of(currency) : Optional.empty());
    }

    private static By by(Kind kind, String text, FaultCollector faults) {
        if (kind == Kind.PAYMENTS) {
            return By.PAID;
        }
        return switch (text) {
            case "", "issued" -> By.ISSUED;
            case "paid" -> By.PAID;
            default -> {
                faults.add("by", BookkeepingReason.BY.with());
                yield By.ISSUED;
            }
        };
    }

    private static LocalDate day(String field, String text, FaultCollector faults) {
        try {
            var day = LocalDate.parse(text.strip());
            if (day.getYear() >= 2000 && day.getYear() < 2200) {
                return day;
            }
        } catch (DateTimeException e) {
            // a fault, as for a day that is too far away
        }
        faults.add(field, BookkeepingReason.DAY.with());
        return LocalDate.EPOCH;
    }

    /** Writes a row for each invoice, with {@link InvoiceCsv#COLUMNS}. */
    public void invoices(Period period, OutputStream out) throws IOException {
        var today = LocalDate.ofInstant(clock.instant(), zone);
        var csv = new Csv(out);
        csv.row(InvoiceCsv.COLUMNS);
        each(period, invoice -> csv.row(InvoiceCsv.row(invoice, today, zone)));
        csv.flush();
    }

    /** Writes a row for each invoice that was paid, with {@link InvoiceCsv#PAYMENT_COLUMNS}. */
    public void payments(Period period, OutputStream out) throws IOException {
        var csv = new Csv(out);
        csv.row(InvoiceCsv.PAYMENT_COLUMNS);
        each(period, invoice -> csv.row(InvoiceCsv.payment(invoice, zone)));
        csv.flush();
    }

    private void each(Period period, Rows rows) throws IOException {
        var page = snapshot.of(() -> journal.page(period, Optional.empty(), AT_A_TIME));
        while (!page.isEmpty()) {
            for (var invoice : page) {
                rows.write(invoice);
            }
            var after = Optional.of(page.getLast().number());
            page = page.size() < AT_A_TIME ? List.of() : snapshot.of(() -> journal.page(period, after, AT_A_TIME));
        }
    }

    /**
     * Writes a booking for each invoice (debtor to revenue) or each payment (bank to debtor), without those of zero. All
     * is one state of the database; the output is not for a slow client.
     *
     * @throws InvalidInput with all faults, such as a booking's VAT rate without an account
     */
    public void datev(Period period, OutputStream out) throws IOException {
        try {
            snapshot.of(() -> {
                try {
                    bookings(period, out);
                    return true;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void bookings(Period period, OutputStream out) throws IOException {
        var accounts = bookkeeping
                .accounts()
                .orElseThrow(() -> InvalidInput.of("accounts", BookkeepingReason.NO_ACCOUNTS.with()));
        var lastDay = accounts.yearOf(period.from()).plusYears(1).minusDays(1);
        if (period.until().isAfter(lastDay)) {
            throw InvalidInput.of("until", BookkeepingReason.ONE_YEAR.with(lastDay));
        }
        var file = new DatevFile(out);
        file.begin(new DatevFile.Head(
                accounts,
                period.by() == By.PAID ? "Zahlungen" : "Rechnungen",
                period.from(),
                period.until(),
                currency,
                LocalDateTime.ofInstant(clock.instant(), zone)));
        Map<String, Wording> faults = new LinkedHashMap<>();
        each(period, invoice -> {
            if (invoice.total().signum() != 0) {
                var booking = booking(invoice, period.by(), accounts, faults);
                if (booking.isPresent()) {
                    file.add(booking.get());
                }
            }
        });
        var all = new FaultCollector();
        faults.forEach(all::add);
        all.throwIfAny();
    }

    /** Empty if one of its accounts is missing; that is added to the faults, by field. */
    private Optional<DatevFile.Booking> booking(
            Invoice invoice, By by, BookkeepingAccounts accounts, Map<String, Wording> faults) {
        var debtor = accounts.debtor(invoice.driver());
        if (debtor.isEmpty()) {
            faults.put(
                    "drivers[" + invoice.driver() + "]",
                    BookkeepingReason.NO_DEBTOR.with(invoice.driver(), Long.toString(accounts.lastDebtor())));
        }
        return switch (by) {
            case ISSUED -> {
                var revenue = accounts.revenue(invoice.vatRate());
                if (revenue.isEmpty()) {
                    var rate = invoice.vatRate().toPlainString();
                    faults.put("accounts[" + rate + "]", BookkeepingReason.NO_REVENUE.with(rate));
                }
                yield debtor.flatMap(account -> revenue.map(known -> issued(invoice, account, known)));
            }
            case PAID -> debtor.map(account -> paid(invoice, accounts.bankAccount(), account));
        };
    }

    private static DatevFile.Booking issued(Invoice invoice, long debtor, BookkeepingAccounts.Revenue revenue) {
        return new DatevFile.Booking(
                new Money(invoice.total(), invoice.currency()),
                debtor,
                revenue.account(),
                revenue.buKey(),
                invoice.issuedOn(),
                invoice.number(),
                invoice.recipientName(),
                invoice.dueOn());
    }

    private DatevFile.Booking paid(Invoice invoice, long bank, long debtor) {
        return new DatevFile.Booking(
                new Money(invoice.total(), invoice.currency()),
                bank,
                debtor,
                "",
                LocalDate.ofInstant(invoice.paidAt().orElseThrow(), zone),
                invoice.number(),
                invoice.recipientName(),
                invoice.dueOn());
    }
}
