package express.polaris.billing.statements;

import express.polaris.units.Energy;
import express.polaris.units.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Statement or correction of a month that is to be drawn up. Pure: follows from the sessions as they are, the rates and
 * what was stated before.
 *
 * @param lines by start; only what differs from earlier statements of the month
 * @param leftOut sessions of the month that wait for their final reading or for a decision
 */
record StatementDraft(YearMonth month, List<StatementLine> lines, int leftOut) {

    private static final Comparator<StatementLine> BY_START =
            Comparator.comparing(StatementLine::startedAt).thenComparing(StatementLine::session);

    StatementDraft {
        lines = List.copyOf(lines);
    }

    /**
     * Finds the months up to {@code last} that need a statement or a correction, earliest first. A session belongs to
     * the month in which it ended, and stays in the month of its first statement. Its rate is that of the day on which
     * it started; a stated session whose day has no rate any more keeps the stated one.
     *
     * @param zone the driver's
     */
    static List<StatementDraft> due(
            Collection<HomeSession> sessions,
            List<ReimbursementRate> rates,
            StatedMonths stated,
            YearMonth last,
            ZoneId zone,
            Currency currency) {
        var changes = new TreeMap<YearMonth, List<StatementLine>>();
        var waiting = new HashMap<YearMonth, Integer>();
        for (var session : sessions) {
            var before = stated.of(session.id());
            var month = before.map(StatedMonths.Latest::month)
                    .orElseGet(() -> YearMonth.from(session.endedAt().atZone(zone)));
            var day = session.startedAt()
                    .atZone(before.map(StatedMonths.Latest::zone).orElse(zone))
                    .toLocalDate();
            var line = line(session, rateOn(day, rates), before.map(StatedMonths.Latest::line));
            if (month.isAfter(last) || line.isEmpty()) {
                continue;
            }
            if (session.state() == HomeSession.State.WAITS) {
                waiting.merge(month, before.isEmpty() ? 1 : 0, Integer::sum);
            } else if (isNews(line.get(), before.map(StatedMonths.Latest::line))) {
                changes.computeIfAbsent(month, key -> new ArrayList<>()).add(line.get());
            }
        }
        return changes.entrySet().stream()
                .map(entry -> new StatementDraft(
                        entry.getKey(),
                        rounded(entry.getValue(), stated.exactAmount(entry.getKey()), currency),
                        waiting.getOrDefault(entry.getKey(), 0)))
                .toList();
    }

    Energy energy() {
        return lines.stream().map(StatementLine::difference).reduce(Energy.ZERO, Energy::plus);
    }

    BigDecimal total() {
        return lines.stream().map(StatementLine::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static boolean isNews(StatementLine line, Optional<StatementLine> before) {
        return before.map(stated -> !line.saysTheSameAs(stated))
                .orElseGet(() -> line.energy().isPositive());
    }

    private static Optional<ReimbursementRate> rateOn(LocalDate day, List<ReimbursementRate> rates) {
        return rates.stream().filter(rate -> rate.isValidOn(day)).findFirst();
    }

    /** The session as a line without its amount; empty if no rate applies. */
    private static Optional<StatementLine> line(
            HomeSession session, Optional<ReimbursementRate> rate, Optional<StatementLine> before) {
        var amount = rate.map(ReimbursementRate::amount).or(() -> before.map(StatementLine::rate));
        var kind = rate.map(ReimbursementRate::kind).or(() -> before.map(StatementLine::rateKind));
        boolean gone = session.state() == HomeSession.State.GONE;
        if (amount.isEmpty() || kind.isEmpty() || gone && before.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new StatementLine(
                session.id(),
                session.chargeBoxId(),
                session.chargerName(),
                session.startedAt(),
                session.endedAt(),
                session.meterStart(),
                session.meterStop(),
                gone ? MeterBasis.WITHDRAWN : session.basis(),
                gone ? Energy.ZERO : session.energy(),
                amount.get(),
                kind.get(),
                before.map(stated -> new StatementLine.Stated(stated.energy(), stated.rate())),
                BigDecimal.ZERO));
    }

    /** Each amount is the difference of two rounded running sums, so a month adds up to its rounded amount. */
    private static List<StatementLine> rounded(List<StatementLine> lines, BigDecimal stated, Currency currency) {
        var result = new ArrayList<StatementLine>();
        var exact = stated;
        for (var line : lines.stream().sorted(BY_START).toList()) {
            var before = rounded(exact, currency);
            exact = exact.add(line.exactAmount());
            result.add(line.withAmount(rounded(exact, currency).subtract(before)));
        }
        return result;
    }

    private static BigDecimal rounded(BigDecimal amount, Currency currency) {
        return new Money(amount, currency).rounded().amount();
    }
}
