package express.polaris.portal.stations;

import express.polaris.billing.cost.DriverPrices;
import express.polaris.billing.cost.NextPrice;
import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Price of the driver's next kWh at a charger.
 *
 * @param now price at the current usage of the period; empty while a market price is missing
 * @param name of the time band, place or price series; empty where none applies
 * @param plan name of the plan
 * @param left energy left at this price; empty if usage does not change it, or changes it within the next kWh
 * @param then price after that
 * @param changes prices by time in the next 24 hours, after the current one
 * @param fees of a session
 */
public record PriceNow(
        Optional<Rate> now,
        Optional<String> name,
        Currency currency,
        String plan,
        Optional<Energy> left,
        Optional<Rate> then,
        List<Change> changes,
        List<DriverPrices.Fee> fees) {

    private static final int MOST_IN_ONE_LINE = 2;
    private static final BigDecimal SECONDS_PER_MINUTE = BigDecimal.valueOf(60);

    /**
     * With less than this left in a tier, the next kWh spans two tiers, so its price does not hold for what is left.
     */
    private static final Energy A_KILOWATT_HOUR = Energy.ofWattHours(1_000);

    static PriceNow of(DriverPrices prices, String chargeBox) {
        var now = prices.now(chargeBox);
        return new PriceNow(
                now.price().map(PriceNow::rate),
                now.name(),
                prices.plan().currency(),
                prices.plan().name(),
                now.price().flatMap(NextPrice::left).filter(left -> left.compareTo(A_KILOWATT_HOUR) >= 0),
                now.then().map(PriceNow::rate),
                prices.hours(chargeBox).stream().skip(1).map(PriceNow::change).toList(),
                prices.fees(chargeBox));
    }

    private static Change change(DriverPrices.Hours hours) {
        return new Change(
                hours.from(),
                hours.perKwh().map(perKwh -> new Rate(perKwh, BigDecimal.ZERO, hours.packages())),
                hours.name());
    }

    private static Rate rate(NextPrice price) {
        return new Rate(price.perKwh(), price.once(), price.packages());
    }

    /**
     * Next price by time.
     *
     * @param rate empty while a market price is missing
     * @param name of the time band, place or price series
     */
    public record Change(Instant from, Optional<Rate> rate, Optional<String> name) {}

    /** The next changes, such as "from 22:00 €0.19", in one line; of many, the first ones. */
    public String next(Texts t, Format f) {
        return changes.stream()
                .limit(MOST_IN_ONE_LINE)
                .map(change -> t.get("price.from", f.time(change.from()), price(change, t, f)))
                .collect(Collectors.joining(", "));
    }

    /** Whether one line does not have all changes. */
    public boolean hasMore() {
        return changes.size() > MOST_IN_ONE_LINE;
    }

    /** Whether the changes have different names, e.g. those of time bands. */
    public boolean areNamed() {
        return changes.stream().map(Change::name).distinct().count() > 1;
    }

    /** Price of a change in words; the unit is left out of a price per kWh alone. */
    public String price(Change change, Texts t, Format f) {
        return change.rate()
                .map(rate ->
                        rate.packages().isEmpty() ? f.unitPrice(rate.perKwh(), currency) : rate.words(t, f, currency))
                .orElseGet(() -> t.get("price.notYet"));
    }

    /** Fees in words, such as "€0.05 per idle minute, after 15 min, at most 120 min". */
    public List<String> fees(Texts t, Format f) {
        return fees.stream().map(fee -> words(fee, t, f)).toList();
    }

    private static String minutes(Duration duration, Format f) {
        var minutes = BigDecimal.valueOf(duration.toSeconds()).divide(SECONDS_PER_MINUTE, 2, RoundingMode.HALF_UP);
        return f.number(minutes, 0, 2);
    }

    private String words(DriverPrices.Fee fee, Texts t, Format f) {
        var parts = new ArrayList<String>();
        var metric = fee.metric().code();
        fee.unitPrice()
                .map(price -> t.get("price.fee." + metric, f.unitPrice(price, currency)))
                .ifPresent(parts::add);
        fee.packages()
                .forEach(some -> parts.add(t.get(
                        "price.fees." + metric, f.unitPrice(some.price(), currency), f.plainEnergy(some.size()))));
        if (fee.grace().isPositive()) {
            parts.add(t.get("price.fee.grace", minutes(fee.grace(), f)));
        }
        fee.cap().ifPresent(cap -> parts.add(t.get("price.fee.cap", minutes(cap, f))));
        fee.name().ifPresent(parts::add);
        return String.join(", ", parts);
    }

    /**
     * Price of a kWh.
     *
     * @param perKwh part of the price that is not charged by packages
     * @param once part of it that the following kWh does not have
     */
    public record Rate(BigDecimal perKwh, BigDecimal once, List<NextPrice.Package> packages) {

        /** Components of the price, which add up. */
        public List<Part> parts(Texts t, Format f, Currency currency) {
            var parts = new ArrayList<Part>();
            if (perKwh.signum() != 0 || packages.isEmpty()) {
                parts.add(new Part(f.unitPrice(perKwh, currency), t.get("price.perKwh")));
            }
            for (var part : packages) {
                parts.add(new Part(
                        f.unitPrice(part.price(), currency), t.get("price.perPackage", f.plainEnergy(part.size()))));
            }
            return parts;
        }

        /** The components in one line. */
        public String words(Texts t, Format f, Currency currency) {
            return parts(t, f, currency).stream()
                    .map(part -> part.amount() + " " + part.unit())
                    .collect(Collectors.joining(" + "));
        }
    }

    /** Component, such as "€5.00" and "per 10 kWh begun". */
    public record Part(String amount, String unit) {}
}
