package express.polaris.console.money;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.billing.invoicing.InvoiceSearch;
import express.polaris.console.ConsolePages;
import express.polaris.documents.Format;
import express.polaris.platform.settings.Settings;
import express.polaris.sessions.statistics.ChargingStatistics;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import express.polaris.web.AmountChart;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Revenue and energy by month, in the installation's time zone. Invoices are issued in the same zone. */
@Controller
class MonthController {

    private static final int MONTHS = 12;

    private final InvoiceSearch invoices;
    private final ChargingStatistics statistics;
    private final Settings settings;
    private final ConsolePages pages;
    private final Clock clock;

    MonthController(
            InvoiceSearch invoices, ChargingStatistics statistics, Settings settings, ConsolePages pages, Clock clock) {
        this.invoices = invoices;
        this.statistics = statistics;
        this.settings = settings;
        this.pages = pages;
        this.clock = clock;
    }

    @GetMapping("/operator/invoices/months")
    ResponseEntity<byte[]> months(@SignedInAccount Account operator, CsrfToken csrf) {
        var shell = pages.shell(operator, csrf, "nav.console.invoices");
        var format = shell.format();
        var last = YearMonth.from(LocalDate.ofInstant(clock.instant(), settings.timeZone()));
        var first = last.minusMonths(MONTHS - 1L);
        var charged = statistics.months(first, last, settings.timeZone()).stream()
                .collect(Collectors.toMap(ChargingStatistics.Month::month, Function.identity()));
        var invoiced = invoices.months(first).stream().collect(Collectors.groupingBy(InvoiceSearch.Month::month));
        var rows = IntStream.range(0, MONTHS)
                .mapToObj(first::plusMonths)
                .map(month -> {
                    var energy = charged.getOrDefault(month, new ChargingStatistics.Month(month, 0, Energy.ZERO));
                    var own = invoiced.getOrDefault(month, List.of());
                    return new MonthsPage.Row(
                            month,
                            energy.sessions(),
                            energy.energy(),
                            own.stream()
                                    .mapToLong(InvoiceSearch.Month::invoices)
                                    .sum(),
                            own.stream().map(InvoiceSearch.Month::net).toList());
                })
                .toList();
        var energy = AmountChart.of(
                rows.stream()
                        .map(row -> value(
                                row,
                                format.energyShort(row.energy()) + " kWh",
                                row.energy().kilowattHours(),
                                format))
                        .toList(),
                format);
        var net = total(rows);
        var page = new MonthsPage(
                shell,
                net.stream()
                        .map(money -> revenue(money.currency(), rows, format))
                        .toList(),
                energy,
                new ArrayList<>(rows).reversed(),
                net,
                rows.stream().map(MonthsPage.Row::energy).reduce(Energy.ZERO, Energy::plus));
        return pages.render("console/invoices/months.jte", page);
    }

    private static MonthsPage.Revenue revenue(Currency currency, List<MonthsPage.Row> rows, Format format) {
        return new MonthsPage.Revenue(
                currency,
                AmountChart.of(
                        rows.stream()
                                .map(row -> {
                                    var net = net(row, currency);
                                    return value(row, format.money(net), net.amount(), format);
                                })
                                .toList(),
                        format));
    }

    private static Money net(MonthsPage.Row row, Currency currency) {
        return row.net().stream()
                .filter(money -> money.currency().equals(currency))
                .reduce(Money.zero(currency), Money::plus);
    }

    private static List<Money> total(List<MonthsPage.Row> rows) {
        var sums = new TreeMap<String, Money>();
        rows.stream()
                .flatMap(row -> row.net().stream())
                .forEach(money -> sums.merge(money.currency().getCurrencyCode(), money, Money::plus));
        return List.copyOf(sums.values());
    }

    private static AmountChart.Value value(MonthsPage.Row row, String text, BigDecimal amount, Format format) {
        return new AmountChart.Value(
                format.shortMonth(row.month()), format.month(row.month()) + ": " + text, amount, BigDecimal.ZERO);
    }
}
