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
 * The readings of a session.
 *
 * @param readings those that are shown, newest first
 * @param shown which they are
 * @param chart absent with fewer than two readings
 */
public record TimelineView(List<Reading> readings, RowWindow.Shown shown, Optional<CurveChart> chart) {

    /** How many are shown unless more are asked for. */
    static final int FEW = 50;

    /** How many a page may have. */
    static final int MANY = 1_000;

    public int total() {
        return shown.total();
    }

    public boolean complete() {
        return readings.size() >= total();
    }

    /** Whether the page shows the last readings, and all of them fit on one that shows more. */
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
     * One event.
     *
     * @param position its place in the session, from 0
     * @param cost unrounded, absent when it could not be priced
     * @param flags as the JSON API names them, with {@code final} for the closing event
     */
    public record Reading(
            int position,
            Instant measuredAt,
            Step energy,
            Optional<Measured> power,
            Optional<Integer> soc,
            Optional<Money> cost,
            List<String> flags) {}

    /** What a reading added and the sum it led to. */
    public record Step(Energy added, Energy total) {}

    /** @param derived from two energy readings, not measured */
    public record Measured(Power value, boolean derived) {}
}
