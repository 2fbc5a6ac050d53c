package express.polaris.portal.sessions;

import express.polaris.portal.CardView;
import express.polaris.portal.CostView;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import express.polaris.web.Shell;
import express.polaris.web.views.CostLineView;
import express.polaris.web.views.SessionHead;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;

/**
 * Page {@code /sessions/statement}, the monthly overview: all sessions that started in a month, for printing. Employer
 * statements are pages of their own.
 *
 * @param rows oldest first
 * @param prices cost by price; each amount rounded, so that they add up to their rounded sum
 * @param complete whether all sessions of the month are listed; false if there are too many
 */
public record StatementPage(
        Shell shell,
        YearMonth month,
        Instant now,
        boolean hasNext,
        List<SessionListPage.Row> rows,
        Group total,
        List<CardGroup> cards,
        List<CoverageGroup> coverages,
        List<CostLineView> prices,
        boolean complete) {

    /** Sessions that have not completed; their energy and cost are what they are so far. */
    public long inProgress() {
        return rows.stream()
                .filter(row -> row.head().status() != SessionHead.Status.COMPLETED)
                .count();
    }

    /** Whether an amount is below zero, which needs a word. */
    public boolean hasNegative() {
        return rows.stream().anyMatch(row -> isNegative(row.cost().amounts()))
                || prices.stream().anyMatch(line -> line.amount().amount().signum() < 0);
    }

    public static boolean isNegative(List<Money> amounts) {
        return amounts.stream().anyMatch(amount -> amount.amount().signum() < 0);
    }

    public String previousHref() {
        return href(month.minusMonths(1));
    }

    public String nextHref() {
        return href(month.plusMonths(1));
    }

    static String href(YearMonth month) {
        return "/sessions/statement?month=" + month;
    }

    /**
     * Totals of a group of sessions.
     *
     * @param disputed energy of sessions that an operator has to decide; not included in the energy
     * @param cost known cost, one amount per currency
     * @param costComplete whether the cost of every session is known
     */
    public record Group(long sessions, Energy energy, Energy disputed, List<Money> cost, boolean costComplete) {}

    /**
     * @param card empty for sessions without a card of the driver
     */
    public record CardGroup(Optional<CardView> card, Group sum) {}

    public record CoverageGroup(CostView.Coverage coverage, Group sum) {}
}
