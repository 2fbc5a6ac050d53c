package express.polaris.console.money;

import express.polaris.billing.bookkeeping.BookkeepingAccounts;
import express.polaris.billing.bookkeeping.BookkeepingAccounts.Chart;
import express.polaris.documents.BookkeepingExports.Wanted;
import express.polaris.web.FieldFaults;
import express.polaris.web.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Page {@code /operator/bookkeeping}.
 *
 * @param isSetUp whether account numbers are saved
 * @param faults of the period or of the account numbers, whichever was sent
 */
public record BookkeepingPage(Shell shell, Wanted period, AccountsForm accounts, boolean isSetUp, FieldFaults faults) {

    /** Rows for further VAT rates. */
    private static final int EMPTY_ROWS = 1;

    /** Account numbers as typed. */
    public record AccountsForm(
            String chart,
            String consultant,
            String client,
            String accountLength,
            String debtorBase,
            String bankAccount,
            String yearBegins,
            List<Row> revenues) {

        static AccountsForm of(BookkeepingAccounts accounts) {
            return new AccountsForm(
                    accounts.chart().name(),
                    Integer.toString(accounts.consultant()),
                    Integer.toString(accounts.client()),
                    Integer.toString(accounts.accountLength()),
                    Long.toString(accounts.debtorBase()),
                    Long.toString(accounts.bankAccount()),
                    Integer.toString(accounts.yearBegins()),
                    accounts.revenues().stream()
                            .map(revenue -> new Row(
                                    revenue.vatRate().toPlainString(),
                                    Long.toString(revenue.account()),
                                    revenue.buKey()))
                            .toList());
        }

        /** The typed rows, and some to fill in. */
        public List<Row> rows() {
            var rows = new ArrayList<>(revenues);
            for (int i = 0; i < EMPTY_ROWS; i++) {
                rows.add(new Row("", "", ""));
            }
            return rows;
        }
    }

    /** Revenue account of a VAT rate as typed. */
    public record Row(String vatRate, String account, String buKey) {

        boolean isBlank() {
            return (vatRate + account + buKey).isBlank();
        }
    }

    /** Key of the label of a field. */
    public static String label(String field) {
        return "console.books." + field;
    }

    public List<Chart> charts() {
        return List.of(Chart.values());
    }

    /** Faults that belong to no field of the forms. */
    public List<String> otherFaults() {
        return faults.byField().entrySet().stream()
                .filter(fault -> fault.getKey().matches("accounts.*|drivers.*"))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** First fault in the row of a VAT rate. */
    public Optional<String> rowFault(int row) {
        return List.of("vatRate", "account", "buKey").stream()
                .flatMap(field -> faults.at("revenues[" + row + "]." + field).stream())
                .findFirst();
    }
}
