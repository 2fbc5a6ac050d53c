package express.polaris.portal;

import express.polaris.units.Energy;
import express.polaris.units.Money;
import express.polaris.units.Power;
import express.polaris.web.CurveChart;
import express.polaris.web.RowWindow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Readings of a session.
 *
 * @param readings readings on this page, newest first
 * @param shown window of those readings
 * @param chart absent unless an event is later than the start
 */
public record TimelineView(List<Reading> readings, RowWindow.Shown shown, Optional<CurveChart> chart) {

    /** Readings on the page by default. */
    public static final int FEW = 50;

    /** Maximum number of readings on a page. */
    public static final int MANY = 1_000;

    public int total() {
        return shown.total();
    }

    public boolean complete() {
        return readings.size() >= total();
    }

    /** Whether some readings are hidden and all of them would fit on one page. */
    public boolean canShowAll() {
        return !complete() && total() <= MANY;
    }

    public boolean isLatest() {
        return shown.newer().isEmpty();
    }

    public boolean hasStateOfCharge() {
        return readings.stream().anyMatch(reading -> reading.soc().isPresent());
    }

    public boolean hasFlags() {
        return readings.stream().anyMatch(reading -> !reading.flags().isEmpty());
    }

    public boolean hasCost() {
        return readings.stream().anyMatch(reading -> reading.cost().isPresent());
    }

    public boolean hasPower() {
        return readings.stream().anyMatch(reading -> reading.power().isPresent());
    }

    /**
     * Event.
     *
     * @param position index in the session, from 0
     * @param cost unrounded; absent without a price
     * @param flags names as in the JSON API, plus {@code final} for the closing event
     */
    public record Reading(
            int position,
            Instant measuredAt,
            Step energy,
            Optional<Measured> power,
            Optional<Integer> soc,
            Optional<Money> cost,
            List<String> flags) {}

    /** Energy that a reading added, and the total after it. */
    public record Step(Energy added, Energy total) {}

    /**
     * @param derived computed from two energy readings instead of measured
     */
    public record Measured(Power value, boolean derived) {}
}
