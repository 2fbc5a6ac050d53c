package express.polaris.billing.pricing;

import express.polaris.units.Interval;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * Billing periods of a subscription: half-open spans between fence posts that cover all time, also before the
 * anchor. Each post is counted from the first one, never from the previous one, so a clamped month end does not
 * shift later posts (31 January, 28 February, 31 March).
 *
 * <p>Posts are at the start of a local day, whatever its offset; the anchor's time of day is ignored. If the clock
 * skips midnight, the day starts at its first instant; if midnight occurs twice, at the first.
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
     * Lago's periods, starting at local midnight.
     *
     * @param anchor start of the subscription; its local day counts
     * @param zone time zone of the subscription
     */
    public static BillingPeriods of(PlanInterval interval, BillingTime billingTime, Instant anchor, ZoneId zone) {
        var anchorDay = LocalDate.ofInstant(anchor, zone);
        var firstDay = switch (billingTime) {
            case CALENDAR -> interval.calendarStart(anchorDay);
            case ANNIVERSARY -> anchorDay;
        };
        return new BillingPeriods(interval, firstDay, LocalTime.MIDNIGHT, zone);
    }

    /** Anniversary periods as in OpenMeter: posts keep the anchor's local time of day. */
    public static BillingPeriods keepingTimeOfDay(PlanInterval interval, Instant anchor, ZoneId zone) {
        return new BillingPeriods(interval, LocalDate.ofInstant(anchor, zone), LocalTime.ofInstant(anchor, zone), zone);
    }

    public Interval periodContaining(Instant instant) {
        return period(indexOf(instant));
    }

    /**
     * Returns the period that a meter reading's energy belongs to: the one just before the reading, so a
     * reading at midnight belongs to the day that ends.
     */
    public Interval periodJustBefore(Instant measuredAt) {
        return periodContaining(measuredAt.minusNanos(1));
    }

    /** Returns the full period before the one that contains this period's start. */
    public Interval previous(Interval period) {
        return period(indexOf(period.from()) - 1);
    }

    /** Returns the full period after the one that contains this period's start. */
    public Interval next(Interval period) {
        return period(indexOf(period.from()) + 1);
    }

    /**
     * Returns the period without the days before the subscription's first local day.
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
        // A day's first instant is not always midnight plus the length of a clock gap.
        var post = timeOfDay.equals(LocalTime.MIDNIGHT)
                ? day.atStartOfDay(zone)
                : day.atTime(timeOfDay).atZone(zone);
        return post.toInstant();
    }

    private long indexOf(Instant instant) {
        // The calendar gives an estimate; the posts decide.
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
