package express.polaris.console;

import express.polaris.units.Energy;
import express.polaris.units.Money;
import express.polaris.web.AmountChart;
import express.polaris.web.Shell;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;

/**
 * The page {@code /operator/invoices/months}: revenue and energy of the last 12 months.
 *
 * @param revenue one chart for each currency
 * @param energy in kWh
 * @param rows the latest month first
 */
public record MonthsPage(
        Shell shell, List<Revenue> revenue, AmountChart energy, List<Row> rows, List<Money> net, Energy charged) {

    public record Revenue(Currency currency, AmountChart chart) {}

    /**
     * A month.
     *
     * @param net what was invoiced in it, without VAT, by currency
     * @param energy of the sessions that started in it
     */
    public record Row(YearMonth month, long sessions, Energy energy, long invoices, List<Money> net) {}
}
