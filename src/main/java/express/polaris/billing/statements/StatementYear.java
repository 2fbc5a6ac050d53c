package express.polaris.billing.statements;

import express.polaris.units.Energy;
import express.polaris.units.Money;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A year's statements, added up by month.
 *
 * @param months with a statement, in order
 * @param totals one per currency
 */
public record StatementYear(int year, List<Month> months, Energy energy, List<Money> totals) {

    public StatementYear {
        months = List.copyOf(months);
        totals = List.copyOf(totals);
    }

    /**
     * A month's statement with its corrections.
     *
     * @param statements without lines; the statement itself first
     */
    public record Month(YearMonth month, List<Statement> statements) {

        public Month {
            statements = List.copyOf(statements);
        }

        /** Energy of the statement and its corrections. */
        public Energy energy() {
            return sumOfEnergy(statements);
        }

        /** Amount of the statement and its corrections; one per currency. */
        public List<Money> totals() {
            return sumOfMoney(statements);
        }
    }

    /** @param statements by month and revision */
    static StatementYear of(int year, List<Statement> statements) {
        Map<YearMonth, List<Statement>> byMonth = new LinkedHashMap<>();
        statements.forEach(statement -> byMonth.computeIfAbsent(statement.month(), month -> new ArrayList<>())
                .add(statement));
        var months = byMonth.entrySet().stream()
                .map(entry -> new Month(entry.getKey(), entry.getValue()))
                .toList();
        return new StatementYear(year, months, sumOfEnergy(statements), sumOfMoney(statements));
    }

    private static Energy sumOfEnergy(List<Statement> statements) {
        return statements.stream().map(Statement::energy).reduce(Energy.ZERO, Energy::plus);
    }

    private static List<Money> sumOfMoney(List<Statement> statements) {
        Map<Currency, Money> sums = new LinkedHashMap<>();
        statements.forEach(statement -> sums.merge(statement.currency(), statement.total(), Money::plus));
        return List.copyOf(sums.values());
    }
}
