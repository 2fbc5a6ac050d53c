package express.polaris.billing.bookkeeping;

import express.polaris.accounts.AccountId;
import express.polaris.accounts.AuditLog;
import express.polaris.billing.bookkeeping.BookkeepingAccounts.Chart;
import express.polaris.billing.bookkeeping.BookkeepingAccounts.Revenue;
import express.polaris.platform.refusals.FaultCollector;
import express.polaris.platform.refusals.InvalidInput;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Account numbers of the installation; each change and its audit log entry are one transaction. */
@Service
public class Bookkeeping {

    /** Largest number of VAT rates. */
    public static final int MOST_RATES = 10;

    private static final Pattern RATE = Pattern.compile("\\d{1,3}(\\.\\d{1,2})?");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final Pattern BU_KEY = Pattern.compile("\\d{0,4}");
    private static final BigDecimal ALL = BigDecimal.valueOf(100);

    private final BookkeepingRepository repository;
    private final AuditLog audit;
    private final Clock clock;

    Bookkeeping(BookkeepingRepository repository, AuditLog audit, Clock clock) {
        this.repository = repository;
        this.audit = audit;
        this.clock = clock;
    }

    /** Account numbers as typed. */
    public record WantedAccounts(
            String chart,
            String consultant,
            String client,
            String accountLength,
            String debtorBase,
            String bankAccount,
            String yearBegins,
            List<WantedRevenue> revenues) {}

    /**
     * @param vatRate decimal number, in percent
     */
    public record WantedRevenue(String vatRate, String account, String buKey) {}

    /** Returns the account numbers; empty before they were entered. */
    public Optional<BookkeepingAccounts> accounts() {
        return repository.find();
    }

    /**
     * Saves all account numbers.
     *
     * @throws InvalidInput with all faults; the fields of a revenue account are {@code revenues[0].account} and the like
     */
    @Transactional
    public BookkeepingAccounts save(AccountId operator, WantedAccounts wanted) {
        var faults = new FaultCollector();
        var chart = chart(wanted.chart(), faults);
        long consultant = number("consultant", wanted.consultant(), 1001, 9_999_999, faults);
        long client = number("client", wanted.client(), 1, 99_999, faults);
        int length = (int) number("accountLength", wanted.accountLength(), 4, 8, faults);
        long debtors = number(
                "debtorBase",
                wanted.debtorBase(),
                BookkeepingAccounts.firstDebtor(length),
                BookkeepingAccounts.lastDebtor(length),
                faults);
        long most = BookkeepingAccounts.firstDebtor(length) - 1;
        long bank = number("bankAccount", wanted.bankAccount(), 1, most, faults);
        long month = number("yearBegins", wanted.yearBegins(), 1, 12, faults);
        var revenues = revenues(wanted.revenues(), most, faults);
        faults.throwIfAny();
        var accounts = new BookkeepingAccounts(
                chart, (int) consultant, (int) client, length, debtors, bank, (int) month, revenues);
        repository.save(accounts, clock.instant());
        var details = new LinkedHashMap<String, Object>();
        details.put("chart", chart.name());
        details.put("consultant", consultant);
        details.put("client", client);
        details.put("debtorBase", debtors);
        details.put("bankAccount", bank);
        details.put("revenues", revenues);
        audit.record(Optional.of(operator), "bookkeeping.save", "bookkeeping", details);
        return accounts;
    }

    private static Chart chart(String text, FaultCollector faults) {
        for (var chart : Chart.values()) {
            if (chart.name().equals(text.strip())) {
                return chart;
            }
        }
        faults.add("chart", BookkeepingReason.CHART.with());
        return Chart.SKR03;
    }

    private static List<Revenue> revenues(List<WantedRevenue> wanted, long most, FaultCollector faults) {
        var revenues = new ArrayList<Revenue>();
        if (wanted.isEmpty()) {
            faults.add("revenues", BookkeepingReason.NO_RATES.with());
        }
        if (wanted.size() > MOST_RATES) {
            faults.add("revenues", BookkeepingReason.TOO_MANY_RATES.with(MOST_RATES));
            return revenues;
        }
        for (int i = 0; i < wanted.size(); i++) {
            var field = "revenues[" + i + "].";
            var one = wanted.get(i);
            var rate = rate(field + "vatRate", one.vatRate().strip(), faults);
            long account = number(field + "account", one.account(), 1, most, faults);
            var key = one.buKey().strip();
            faults.require(BU_KEY.matcher(key).matches(), field + "buKey", BookkeepingReason.BU_KEY.with(4));
            if (revenues.stream().anyMatch(other -> other.vatRate().compareTo(rate) == 0)) {
                faults.add(field + "vatRate", BookkeepingReason.RATE_TWICE.with(rate.toPlainString()));
            }
            revenues.add(new Revenue(rate, account, key));
        }
        return revenues;
    }

    private static BigDecimal rate(String field, String text, FaultCollector faults) {
        if (RATE.matcher(text).matches()) {
            var rate = new BigDecimal(text);
            if (rate.compareTo(ALL) <= 0) {
                return rate;
            }
        }
        faults.add(field, BookkeepingReason.RATE.with());
        return BigDecimal.ZERO;
    }

    private static long number(String field, String text, long least, long most, FaultCollector faults) {
        var given = text.strip();
        if (NUMBER.matcher(given).matches()) {
            long number = Long.parseLong(given);
            if (number >= least && number <= most) {
                return number;
            }
        }
        faults.add(field, BookkeepingReason.RANGE.with(least, most));
        return least;
    }
}
