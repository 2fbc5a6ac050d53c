package express.polaris.metering;

import express.polaris.units.Power;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads rows one by one: kind, time, number and unit. What cannot count is rejected with its reason. */
final class RowReader {

    private static final BigDecimal FULL = BigDecimal.valueOf(100);
    private static final int PERCENT_DECIMALS = 2;

    private final SessionWindow window;
    private final RowLedger ledger;

    RowReader(SessionWindow window, RowLedger ledger) {
        this.window = window;
        this.ledger = ledger;
    }

    List<Sample> read(List<SampledValue> values) {
        var samples = new ArrayList<Sample>(values.size());
        for (int row = 0; row < values.size(); row++) {
            read(row, values.get(row)).ifPresent(samples::add);
        }
        return samples;
    }

    private Optional<Sample> read(int row, SampledValue value) {
        if (value.format().map(String::strip).orElse("").equals("SignedData")) {
            return rejected(row, "signed_data");
        }
        var measurand = Measurand.of(value);
        var phase = Phase.of(value);
        if (measurand.isEmpty() || phase == Phase.NOT_ADDITIVE) {
            return rejected(row, "not_used");
        }
        var outside = window.rejection(value.timestamp());
        if (outside.isPresent()) {
            return rejected(row, outside.get());
        }
        if (measurand.get() == Measurand.STATE_OF_CHARGE && phase != Phase.ALL) {
            return rejected(row, "not_used");
        }
        return switch (quantity(measurand.get(), value)) {
            case DecimalText.Invalid(var reason) -> rejected(row, "unreadable: " + reason);
            case DecimalText.Decimal(var quantity) ->
                Optional.of(new Sample(
                        row,
                        value.timestamp(),
                        measurand.get(),
                        quantity,
                        phase,
                        nameUnless("Outlet", value.location()),
                        nameUnless("Sample.Periodic", value.context())));
        };
    }

    private static DecimalText quantity(Measurand measurand, SampledValue value) {
        return switch (measurand) {
            case ENERGY_REGISTER -> energy(value);
            case ENERGY_INTERVAL -> interval(value);
            case POWER -> power(value);
            case STATE_OF_CHARGE -> stateOfCharge(value);
        };
    }

    private static DecimalText energy(SampledValue value) {
        return switch (MeterValueText.parse(value.value(), value.unit())) {
            case MeterValueText.Unreadable(var reason) -> new DecimalText.Invalid(reason);
            case MeterValueText.Readable(var energy) -> new DecimalText.Decimal(energy.wattHours());
        };
    }

    private static DecimalText interval(SampledValue value) {
        var energy = energy(value);
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
        if (percent.signum() < 0 || percent.compareTo(FULL) > 0) {
            return new DecimalText.Invalid("state of charge outside 0 to 100");
        }
        var plain = percent.setScale(PERCENT_DECIMALS, RoundingMode.HALF_UP).stripTrailingZeros();
        return new DecimalText.Decimal(plain.setScale(Math.max(0, plain.scale()), RoundingMode.UNNECESSARY));
    }

    /** What the charger named, or nothing when it named (or left out) the default. */
    private static String nameUnless(String ocppDefault, Optional<String> text) {
        var name = text.map(String::strip).orElse("");
        return name.equals(ocppDefault) ? "" : name;
    }

    private Optional<Sample> rejected(int row, String reason) {
        ledger.reject(row, reason);
        return Optional.empty();
    }
}
