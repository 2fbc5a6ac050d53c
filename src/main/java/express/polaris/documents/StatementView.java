package express.polaris.documents;

import express.polaris.billing.statements.MeterBasis;
import express.polaris.billing.statements.ReimbursementRate;
import express.polaris.billing.statements.Statement;
import express.polaris.billing.statements.StatementLine;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Statement as displayed.
 *
 * @param rates sums by rate; empty for a correction
 */
public record StatementView(Statement statement, List<RateSum> rates) {

    public StatementView {
        rates = List.copyOf(rates);
    }

    /**
     * Energy and amount at one rate.
     *
     * @param amount sum of the lines, so all sums add up to the total
     */
    public record RateSum(BigDecimal rate, ReimbursementRate.Kind kind, Energy energy, Money amount) {

        /** Text key of the sum. */
        public String key() {
            return "employer.rateSum." + kind.wireName();
        }
    }

    private record RateKey(BigDecimal rate, ReimbursementRate.Kind kind) {}

    public static StatementView of(Statement statement) {
        return new StatementView(statement, statement.isCorrection() ? List.of() : sums(statement));
    }

    /** Number of lines whose energy came about in this way. */
    public long count(MeterBasis basis) {
        return statement.lines().stream().filter(line -> line.basis() == basis).count();
    }

    /** Keys of the sentences that say how the energy was measured. */
    public List<String> notes() {
        return List.of("employer.measured.meter", "employer.measured.exact", "employer.measured.noClaim");
    }

    /** Text key of a line's remark about its energy. */
    public static String key(MeterBasis basis) {
        return "employer.basis." + basis.wireName();
    }

    public String href() {
        return href(statement.number());
    }

    public static String href(String number) {
        return "/statements/" + number;
    }

    private static List<RateSum> sums(Statement statement) {
        Map<RateKey, List<StatementLine>> byRate = new LinkedHashMap<>();
        statement
                .lines()
                .forEach(line -> byRate.computeIfAbsent(
                                new RateKey(line.rate(), line.rateKind()), key -> new ArrayList<>())
                        .add(line));
        return byRate.entrySet().stream()
                .map(entry -> new RateSum(
                        entry.getKey().rate(),
                        entry.getKey().kind(),
                        entry.getValue().stream().map(StatementLine::energy).reduce(Energy.ZERO, Energy::plus),
                        new Money(
                                entry.getValue().stream()
                                        .map(StatementLine::amount)
                                        .reduce(BigDecimal.ZERO, BigDecimal::add),
                                statement.currency())))
                .toList();
    }
}
