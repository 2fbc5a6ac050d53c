package express.polaris.billing.pricing;

import express.polaris.units.Interval;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Times of a session that fees depend on.
 *
 * @param end its stop, or now while it runs
 * @param energyEnd the last instant at which energy flowed; the start if none did
 * @param charging spans in which energy flowed, in order, without overlap
 */
public record SessionTimes(Instant start, Instant end, Instant energyEnd, List<Interval> charging) {

    private static final BigDecimal NANOSECONDS_PER_MINUTE = BigDecimal.valueOf(60_000_000_000L);

    /** Decimals of minutes, as they are stored. */
    private static final int DECIMALS = 6;

    public SessionTimes {
        charging = List.copyOf(charging);
    }

    /** Returns the part of these times within a span; outside of it nothing is counted. */
    public SessionTimes within(Interval span) {
        return new SessionTimes(
                clamp(start, span),
                clamp(end, span),
                clamp(energyEnd, span),
                charging.stream()
                        .map(part -> new Interval(clamp(part.from(), span), clamp(part.to(), span)))
                        .filter(part -> part.duration().isPositive())
                        .toList());
    }

    private static Instant clamp(Instant at, Interval span) {
        var late = at.isBefore(span.from()) ? span.from() : at;
        return late.isAfter(span.to()) ? span.to() : late;
    }

    /**
     * Counts what a charge for sessions or minutes charges for, by filter of the charge (empty = none matches): one session
     * at its start, or the minutes after the grace time up to the cap, each minute where it lies in time. Minutes have 6
     * decimals and add up to the rounded whole.
     */
    public Map<Optional<Integer>, BigDecimal> counted(PlanCharge charge, PriceConditions conditions, String chargeBox) {
        return switch (charge.metric()) {
            case ENERGY -> Map.of();
            case SESSIONS -> Map.of(conditions.filter(charge, chargeBox, start), BigDecimal.ONE);
            case CONNECTED_MINUTES -> minutes(List.of(span(start, end)), charge, conditions, chargeBox);
            case CHARGING_MINUTES -> minutes(charging, charge, conditions, chargeBox);
            case IDLE_MINUTES -> minutes(List.of(span(energyEnd, end)), charge, conditions, chargeBox);
        };
    }

    private static Interval span(Instant from, Instant to) {
        return new Interval(from, to.isBefore(from) ? from : to);
    }

    private static Map<Optional<Integer>, BigDecimal> minutes(
            List<Interval> spans, PlanCharge charge, PriceConditions conditions, String chargeBox) {
        var counted = new LinkedHashMap<Optional<Integer>, BigDecimal>();
        var soFar = Duration.ZERO;
        for (var span : charged(spans, charge)) {
            var bounds = new ArrayList<>(conditions.changes(List.of(charge), chargeBox, span.from(), span.to()));
            bounds.add(span.to());
            var from = span.from();
            for (var to : bounds) {
                var upTo = soFar.plus(Duration.between(from, to));
                counted.merge(
                        conditions.filter(charge, chargeBox, from),
                        inMinutes(upTo).subtract(inMinutes(soFar)),
                        BigDecimal::add);
                soFar = upTo;
                from = to;
            }
        }
        counted.values().removeIf(minutes -> minutes.signum() == 0);
        return counted;
    }

    /** Returns the spans without the grace time, and up to the cap after it. */
    private static List<Interval> charged(List<Interval> spans, PlanCharge charge) {
        var charged = new ArrayList<Interval>();
        var grace = charge.grace();
        var left = charge.cap();
        for (var span : spans) {
            var skipped = shorter(grace, span.duration());
            grace = grace.minus(skipped);
            var from = span.from().plus(skipped);
            var taken = shorter(left.orElse(span.duration()), Duration.between(from, span.to()));
            left = left.map(rest -> rest.minus(taken));
            if (taken.isPositive()) {
                charged.add(new Interval(from, from.plus(taken)));
            }
        }
        return charged;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static BigDecimal inMinutes(Duration duration) {
        var nanoseconds =
                BigDecimal.valueOf(duration.getSeconds()).movePointRight(9).add(BigDecimal.valueOf(duration.getNano()));
        return nanoseconds.divide(NANOSECONDS_PER_MINUTE, DECIMALS, RoundingMode.HALF_UP);
    }
}
