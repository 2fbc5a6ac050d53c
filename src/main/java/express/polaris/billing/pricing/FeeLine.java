package express.polaris.billing.pricing;

import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Price of sessions or minutes: amount = unit price × quantity + flat, exactly.
 *
 * @param quantity number of sessions, or minutes; negative when taken back
 * @param unitPrice per session or minute
 * @param flat part not covered by unit price × quantity
 * @param tag charge and filter of the plan
 */
public record FeeLine(BillableMetric metric, BigDecimal quantity, BigDecimal unitPrice, BigDecimal flat, PriceTag tag) {

    /**
     * Prices a quantity at its place. Charge models count in kWh; a session or a minute takes the place of one.
     *
     * @param before what ranks before it in the billing period, for this charge and filter
     */
    public static List<FeeLine> of(
            PlanCharge charge, PriceTag tag, ChargeModel model, BigDecimal before, BigDecimal quantity) {
        return Rating.of(model, Energy.ofKilowattHours(before), Energy.ofKilowattHours(quantity)).lines().stream()
                .map(line ->
                        new FeeLine(charge.metric(), line.energy().kilowattHours(), line.unitPrice(), line.flat(), tag))
                .toList();
    }

    /** Unrounded, in the main unit of the plan's currency. */
    public BigDecimal amount() {
        return unitPrice.multiply(quantity).add(flat);
    }

    /** What people call the filter; empty for what no filter matches. */
    public Optional<String> name() {
        return tag.name();
    }

    /** Adds a line with the same metric, unit price and tag. */
    public FeeLine plus(FeeLine other) {
        return new FeeLine(metric, quantity.add(other.quantity), unitPrice, flat.add(other.flat), tag);
    }
}
