package express.polaris.portal;

import express.polaris.units.Energy;
import express.polaris.units.Money;
import express.polaris.web.Shell;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;

/**
 * The page {@code /sessions/statement}: a month for the files, by start.
 *
 * @param rows the oldest first
 * @param complete no session is missing for there being too many
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
        List<TierGroup> tiers,
        boolean complete) {

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
     * Sessions together.
     *
     * @param disputed energy of sessions that an operator has to decide about; not a part of the energy
     * @param cost what is known of it, one amount per currency
     * @param costComplete no session of unknown cost is missing from it
     */
    public record Group(long sessions, Energy energy, Energy disputed, List<Money> cost, boolean costComplete) {}

    /** @param card empty for sessions without a card of the driver's */
    public record CardGroup(Optional<CardView> card, Group sum) {}

    public record CoverageGroup(CostView.Coverage coverage, Group sum) {}

    /**
     * What was paid for the energy of a tier.
     *
     * @param band its bounds in kWh, empty where the price has none
     */
    public record TierGroup(String plan, String band, BigDecimal unitPrice, Energy energy, Money flat, Money amount) {}
}
