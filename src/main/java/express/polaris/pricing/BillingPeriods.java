package express.polaris.pricing;

import express.polaris.units.Interval;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * The billing periods of a subscription: half-open spans between fence posts that tile all time, also before the anchor.
 * Each post is counted from the first one, never from the post before it, so a clamped month end does not drag the next
 * ones (31 January, 28 February, 31 March).
 *
 * <p>Posts stand at the start of a local day, whatever its offset: the anchor's time of day does not matter. Where clocks
 * skip midnight, the day starts with its first moment; where midnight occurs twice, with the first.
 */
public final class BillingPeriods {

    private final PlanInterval interval;
    private final LocalDate firstDay;
    private final LocalTime timeOfDay;
    private final ZoneId zone;

    private BillingPeriods(PlanInterval interval, LocalDate firstDay, LocalTime timeOfDay, ZoneId zone) {
        this.interval = interval;
        this.firstDay = firstDay;
        this.timeOfDay = timeOfDay;
        this.zone = zone;
    }

    /**
     * Lago's periods, from local midnight.
     *
     * @param anchor when the subscription began; its local day counts
     * @param zone the subscription's
     */
    public static BillingPeriods of(PlanInterval interval, BillingTime billingTime, Instant anchor, ZoneId zone) {
        var anchorDay = LocalDate.ofInstant(anchor, zone);
        var firstDay = switch (billingTime) {
            case CALENDAR -> interval.calendarStart(anchorDay);
            case ANNIVERSARY -> anchorDay;
        };
        return new BillingPeriods(interval, firstDay, LocalTime.MIDNIGHT, zone);
    }

    /** Anniversary periods as in OpenMeter: the posts keep the anchor's local time of day. */
    public static BillingPeriods keepingTimeOfDay(PlanInterval interval, Instant anchor, ZoneId zone) {
        return new BillingPeriods(interval, LocalDate.ofInstant(anchor, zone), LocalTime.ofInstant(anchor, zone), zone);
    }

    public Interval periodContaining(Instant instant) {
        return period(indexOf(instant));
    }

    /**
     * The period a meter reading's energy belongs to: the one in force just before it was measured, so a reading at
     * midnight closes the old day.
     */
    public Interval periodJustBefore(Instant measuredAt) {
        return periodContaining(measuredAt.minusNanos(1));
    }

    /** The whole period before the one in which this one starts. */
    public Interval previous(Interval period) {
        return period(indexOf(period.from()) - 1);
    }

    /** The whole period after the one in which this one starts. */
    public Interval next(Interval period) {
        return period(indexOf(period.from()) + 1);
    }

    /**
     * The period without the days before a subscription's first local day.
     *
     * @throws IllegalArgumentException when the subscription starts after the period
     */
    public Interval cutToStart(Interval period, Instant startedAt) {
        var start = LocalDate.ofInstant(startedAt, zone).atStartOfDay(zone).toInstant();
        return start.isAfter(period.from()) ? new Interval(start, period.to()) : period;
    }

    private Interval period(long index) {
        return new Interval(post(index), post(index + 1));
    }

    private Instant post(long index) {
        var day = interval.plus(firstDay, index);
        // A day's first moment is not always midnight plus the length of a gap in the clock.
        var post = timeOfDay.equals(LocalTime.MIDNIGHT)
                ? day.atStartOfDay(zone)
                : day.atTime(timeOfDay).atZone(zone);
        return post.toInstant();
    }

    private long indexOf(Instant instant) {
        // The calendar comes close; the posts decide.
        var index = interval.between(firstDay, LocalDate.ofInstant(instant, zone));
        while (post(index).isAfter(instant)) {
            index--;
        }
        while (!post(index + 1).isAfter(instant)) {
            index++;
        }
        return index;
    }
}
