package express.polaris.metering;

import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * A register value parsed from text, or the reason why it is rejected. A value has at most 32 characters and is a
 * decimal number (scientific notation too) below 10¹⁰ Wh in size. It is rounded half up to 0.001 Wh; surrounding white
 * space is ignored.
 */
public sealed interface MeterValueText {

    record Readable(Energy energy) implements MeterValueText {}

    /**
     * @param reason describes the error without repeating the text, which may be anything
     */
    record Unreadable(String reason) implements MeterValueText {}

    /** Parses a value in Wh, the unit of SteVe's start and stop values. */
    static MeterValueText parse(String text) {
        return parse(text, Optional.empty());
    }

    /** @param unit {@code Wh} or {@code kWh}; absent or empty means Wh (OCPP 1.6, 7.43) */
    static MeterValueText parse(String text, Optional<String> unit) {
        var named = unit.map(String::strip).orElse("");
        boolean kilo = named.equals("kWh");
        if (!kilo && !named.isEmpty() && !named.equals("Wh")) {
            return new Unreadable("unit is neither Wh nor kWh");
        }
        return switch (DecimalText.parse(text)) {
            case DecimalText.Invalid(var reason) -> new Unreadable(reason);
            case DecimalText.Decimal(var value) ->
                withinLimit(kilo ? Energy.ofKilowattHours(value) : Energy.ofWattHours(value));
        };
    }

    private static MeterValueText withinLimit(Energy energy) {
        BigDecimal size = energy.wattHours().abs();
        return size.compareTo(DecimalText.LIMIT) < 0 ? new Readable(energy) : new Unreadable("10000000000 Wh or more");
    }
}
