package express.polaris.metering;

import express.polaris.units.Power;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Parses single rows: measurand, phase, number and unit. */
final class RowReader {

    private static final BigDecimal FULL = BigDecimal.valueOf(100);

    private RowReader() {}

    /** A usable row, or the reason why it is not. */
    sealed interface Row {}

    /**
     * @param quantity in mWh, mW or 0.001 %
     */
    record Reading(MeterValues.Lane lane, long quantity) implements Row {}

    /** @param reason as in {@link RowOutcome#reason} */
    record Unused(String reason) implements Row {}

    static Row read(SampledValue value) {
        if (value.format().map(String::strip).orElse("").equals("SignedData")) {
            return new Unused("signed_data");
        }
        var measurand = Measurand.of(value.measurand());
        var phase = Phase.of(value);
        if (measurand.isEmpty() || phase.isEmpty()) {
            return new Unused("not_used");
        }
        if (measurand.get() == Measurand.STATE_OF_CHARGE && !phase.get().equals(Phase.TOTAL)) {
            return new Unused("not_used");
        }
        var lane = new MeterValues.Lane(
                SeriesKey.of(measurand.get(), phase.get(), value), phase.get().index());
        return switch (measurand.get()) {
            case ENERGY_REGISTER -> reading(lane, energy(value));
            case ENERGY_INTERVAL -> reading(lane, notNegative(energy(value)));
            case POWER -> reading(lane, power(value));
            case STATE_OF_CHARGE -> reading(lane, stateOfCharge(value));
        };
    }

    private static Row reading(MeterValues.Lane lane, DecimalText text) {
        return switch (text) {
            case DecimalText.Invalid(var reason) -> new Unused("unreadable: " + reason);
            case DecimalText.Decimal(var quantity) -> new Reading(lane, thousandths(quantity));
        };
    }

    private static long thousandths(BigDecimal quantity) {
        return quantity.setScale(3, RoundingMode.HALF_UP).unscaledValue().longValueExact();
    }

    private static DecimalText energy(SampledValue value) {
        return switch (MeterValueText.parse(value.value(), value.unit())) {
            case MeterValueText.Unreadable(var reason) -> new DecimalText.Invalid(reason);
            case MeterValueText.Readable(var energy) -> new DecimalText.Decimal(energy.wattHours());
        };
    }

    private static DecimalText notNegative(DecimalText energy) {
        return energy instanceof DecimalText.Decimal(var quantity) && quantity.signum() < 0
                ? new DecimalText.Invalid("negative energy of an interval")
                : energy;
    }

    private static DecimalText power(SampledValue value) {
        var unit = value.unit().map(String::strip).orElse("");
        boolean kilo = unit.equals("kW");
        if (!kilo && !unit.isEmpty() && !unit.equals("W")) {
            return new DecimalText.Invalid("unit is neither W nor kW");
        }
        var number = DecimalText.parse(value.value());
        if (!(number instanceof DecimalText.Decimal(var decimal))) {
            return number;
        }
        var watts = (kilo ? Power.ofKilowatts(decimal) : Power.ofWatts(decimal)).watts();
        return watts.abs().compareTo(DecimalText.LIMIT) < 0
                ? new DecimalText.Decimal(watts)
                : new DecimalText.Invalid("10000000000 W or more");
    }

    private static DecimalText stateOfCharge(SampledValue value) {
        var number = DecimalText.parse(value.value());
        if (!(number instanceof DecimalText.Decimal(var percent))) {
            return number;
        }
        return percent.signum() < 0 || percent.compareTo(FULL) > 0
                ? new DecimalText.Invalid("state of charge outside 0 to 100")
                : new DecimalText.Decimal(percent.setScale(2, RoundingMode.HALF_UP));
    }
}
