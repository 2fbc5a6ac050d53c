package express.polaris.console.money;

import express.polaris.units.Energy;
import express.polaris.units.Money;
import express.polaris.web.AmountChart;
import express.polaris.web.Shell;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;

/**
 * Page {@code /operator/invoices/months}: revenue and energy of the last 12 months.
 *
 * @param revenue one chart per currency
 * @param energy in kWh
 * @param rows latest month first
 */
public record MonthsPage(
        Shell shell, List<Revenue> revenue, AmountChart energy, List<Row> rows, List<Money> net, Energy charged) {

    public record Revenue(Currency currency, AmountChart chart) {}

    /**
     * Month.
     *
     * @param energy energy of the sessions that started in the month
     * @param net amount invoiced in the month, without VAT, by currency
     */
    public record Row(YearMonth month, long sessions, Energy energy, long invoices, List<Money> net) {}
}
