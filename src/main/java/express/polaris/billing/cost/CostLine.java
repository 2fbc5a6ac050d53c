package express.polaris.billing.cost;

import express.polaris.billing.pricing.Band;
import express.polaris.billing.pricing.BillableMetric;
import express.polaris.units.Energy;
import express.polaris.units.Interval;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Currency;
import java.util.Optional;

/**
 * One step in the explanation of a price: amount = unit price × quantity + flat, exactly. The quantity is energy in kWh, or
 * the sessions or minutes that a fee counts.
 *
 * @param period part of the billing period in which the subscription was in force
 * @param planCode code of the subscription's plan
 * @param band band of the period's usage
 * @param energy negative when a correction takes energy back; zero for a fee
 * @param unitPrice per kWh, session or minute
 * @param flat part not covered by unit price × quantity: a tier's flat amount, started packages, re-pricing by a
 *     volume charge; may be negative
 * @param amount unrounded
 * @param name of the time band, place or price series; empty for energy or usage at any time and place
 * @param hours span of a market price
 * @param fee what a fee counts; empty for energy
 */
public record CostLine(
        Interval period,
        String planCode,
        Band band,
        Energy energy,
        BigDecimal unitPrice,
        BigDecimal flat,
        BigDecimal amount,
        Currency currency,
        Optional<String> name,
        Optional<Interval> hours,
        Optional<Fee> fee) {

    /**
     * Sessions or minutes.
     *
     * @param quantity negative when taken back
     * @param grace minutes of the session that are not counted; zero for sessions
     * @param cap most minutes of the session that are counted
     */
    public record Fee(BillableMetric metric, BigDecimal quantity, Duration grace, Optional<Duration> cap) {}

    /** Whether it is a market price of some hours. */
    public boolean isMarket() {
        return hours.isPresent();
    }
}
