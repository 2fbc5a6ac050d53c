package express.polaris.portal.dashboard;

import express.polaris.billing.groups.GroupDiscount;
import express.polaris.documents.Format;
import express.polaris.documents.InvoiceView;
import express.polaris.documents.Texts;
import express.polaris.portal.CardView;
import express.polaris.portal.ChargerView;
import express.polaris.portal.CostView;
import express.polaris.portal.TimelineView;
import express.polaris.portal.sessions.SessionListPage;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import express.polaris.units.Power;
import express.polaris.web.BarChart;
import express.polaris.web.Fragment;
import express.polaris.web.Shell;
import express.polaris.web.views.SessionHead;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Page {@code /}: live sessions, billing period, recent sessions, invoices, chargers.
 *
 * @param now server time, from which the browser continues counting
 * @param period a rendered {@link PeriodPart}
 * @param recent recent sessions, each a rendered {@link SessionListPage.Row}
 * @param invoices a rendered {@link InvoicesPart}
 * @param chargers a rendered {@link ChargersPart}
 * @param hasCard whether the viewer has a card
 */
public record DashboardPage(
        Shell shell,
        Instant now,
        List<Tile> charging,
        Fragment period,
        List<Fragment> recent,
        Fragment invoices,
        Fragment chargers,
        boolean hasCard) {

    /**
     * Live session.
     *
     * @param power latest power; absent before the first reading
     * @param limit maximum power of the connector
     * @param stoppable whether the viewer may stop it
     */
    public record Tile(
            SessionHead head,
            ChargerView charger,
            Optional<CardView> card,
            Optional<TimelineView.Measured> power,
            Optional<Power> limit,
            Progress progress,
            CostView.Sum cost,
            boolean stoppable) {}

    /** @param soc in percent */
    public record Progress(Instant startedAt, Instant now, Energy energy, Optional<Integer> soc) {}

    /**
     * Current billing period.
     *
     * @param subscribed empty without a subscription; the period then is the calendar month
     * @param last last day; the next period starts on the following day
     * @param disputed energy of sessions that an operator has to decide; not included in the energy
     * @param tiers usage by tier, or by time band, place and market price
     * @param chart energy by day, or by month for a long period
     */
    public record PeriodPart(
            Optional<Subscribed> subscribed,
            LocalDate first,
            LocalDate last,
            Energy energy,
            Energy disputed,
            CostView.Sum cost,
            List<TierBar> tiers,
            List<FeeRow> fees,
            BarChart chart,
            Texts texts,
            Format format) {

        /** Whether prices or fees are more than one price for all energy. */
        public boolean hasPrices() {
            return tiers.size() > 1 || !fees.isEmpty();
        }

        public LocalDate resetsOn() {
            return last.plusDays(1);
        }
    }

    /**
     * Plan of the period.
     *
     * @param fee fee for the days of the period in which the subscription is in force, without energy
     * @param left energy left in the current tier; empty in the last tier
     * @param rolledOver included energy from earlier billing periods; empty without any
     * @param isTiered whether all prices are tiers of one price
     */
    public record Subscribed(
            String plan, Money fee, Optional<Energy> left, Optional<Energy> rolledOver, boolean isTiered) {}

    /**
     * Usage at one price.
     *
     * @param name tier, time band, place or price series, such as {@code 0–100 kWh} or {@code Night}
     * @param price such as {@code €0.31 per kWh}
     * @param share of a tier that is used, in percent from 0 to 100; empty for a price without an end
     * @param current whether the next kWh falls into it
     */
    public record TierBar(
            String name, Energy energy, String price, Money amount, Optional<String> share, boolean current) {}

    /**
     * Fees of sessions.
     *
     * @param name such as {@code Idle}
     * @param quantity such as {@code 62 min idle}, with its price such as {@code × €0.05} unless they are in packages
     */
    public record FeeRow(String name, String quantity, Money amount) {}

    /**
     * Next and last invoice.
     *
     * @param nextAfter last day of the period that the next invoice covers; empty without a subscription
     * @param nextSoFar its amount so far, without VAT; empty if the price is unknown
     * @param discount discount of the driver's group on the next invoice
     */
    public record InvoicesPart(
            Optional<LocalDate> nextAfter,
            Optional<Money> nextSoFar,
            Optional<GroupDiscount> discount,
            Optional<InvoiceView> last,
            LocalDate today,
            Texts texts,
            Format format) {}

    /**
     * @param more number of chargers that are not listed
     */
    public record ChargersPart(List<Place> places, int more, Texts texts) {}

    /**
     * Charger.
     *
     * @param location empty if not set
     * @param charging whether a session is known to be in progress; false does not imply that it is free
     */
    public record Place(String name, String location, boolean charging) {}
}
