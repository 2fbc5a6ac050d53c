package express.polaris.portal;

import express.polaris.documents.Format;
import express.polaris.documents.InvoiceView;
import express.polaris.documents.Texts;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import express.polaris.units.Power;
import express.polaris.web.BarChart;
import express.polaris.web.Fragment;
import express.polaris.web.Shell;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The page {@code /}: what charges now, the billing period, the last sessions, invoices, chargers.
 *
 * @param now the server's clock, from which the browser counts on
 * @param period a {@link PeriodPart}, written
 * @param recent the last sessions, a {@link SessionListPage.Row} each, written
 * @param invoices an {@link InvoicesPart}, written
 * @param chargers a {@link ChargersPart}, written
 * @param hasCard the viewer has a card to charge with
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
     * A charge that goes on.
     *
     * @param power the latest, absent before the first reading
     * @param limit the most the connector gives
     * @param stoppable the viewer may stop it now
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
     * The billing period so far.
     *
     * @param subscribed empty without a subscription; then the period is the calendar month
     * @param last the last day; the next period begins the day after
     * @param disputed energy of sessions that an operator has to decide about; not a part of the energy
     * @param chart energy by day, by month where the period is long
     */
    public record PeriodPart(
            Optional<Subscribed> subscribed,
            LocalDate first,
            LocalDate last,
            Energy energy,
            Energy disputed,
            CostView.Sum cost,
            List<TierBar> tiers,
            BarChart chart,
            Texts texts,
            Format format) {

        public LocalDate resetsOn() {
            return last.plusDays(1);
        }
    }

    /**
     * The plan of the period.
     *
     * @param fee for the days of the period in which it is in force, beside the energy
     * @param left until the current tier is full; empty in the last
     */
    public record Subscribed(String plan, Money fee, Optional<Energy> left) {}

    /**
     * How far a tier is used.
     *
     * @param band its bounds in kWh such as {@code 0–100}
     * @param unitPrice per kWh
     * @param share in percent, from 0 to 100
     * @param current the next kWh falls into it
     */
    public record TierBar(
            String band, Energy energy, BigDecimal unitPrice, Money amount, String share, boolean current) {}

    /**
     * The next invoice and the last.
     *
     * @param nextAfter the last day of the period it is for; empty without a subscription
     * @param nextSoFar what it would come to now, without VAT; empty where the price is not known
     */
    public record InvoicesPart(
            Optional<LocalDate> nextAfter,
            Optional<Money> nextSoFar,
            Optional<InvoiceView> last,
            LocalDate today,
            Texts texts,
            Format format) {}

    /** @param more how many others there are */
    public record ChargersPart(List<Place> places, int more, Texts texts) {}

    /**
     * A charger.
     *
     * @param location empty when nobody said where it is
     * @param charging somebody charges there; that nobody is known to does not mean that it is free
     */
    public record Place(String name, String location, boolean charging) {}
}
