package express.polaris.simulator;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One sampled value as SteVe stores it: text as sent, and nothing where the station sent nothing (OCPP 1.6, 7.43).
 *
 * @param timestamp the station's time, millisecond precision on the wire; {@link #NO_TIME} where the row has none
 * @param value as sent; need not be a number
 */
public record SimulatedMeterValue(
        Instant timestamp,
        String value,
        Optional<String> context,
        Optional<String> format,
        Optional<String> measurand,
        Optional<String> location,
        Optional<String> unit,
        Optional<String> phase) {

    /** Stands for a missing timestamp. */
    public static final Instant NO_TIME = Instant.MIN;

    /** The context of the reading that ends a transaction. */
    public static final String TRANSACTION_END = "Transaction.End";

    static final String TRANSACTION_BEGIN = "Transaction.Begin";
    static final String PERIODIC = "Sample.Periodic";
    static final String ENERGY = "Energy.Active.Import.Register";

    private static final Pattern NUMBER = Pattern.compile("[-+]?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");
    private static final Optional<String> RAW = Optional.of("Raw");
    private static final Optional<String> OUTLET = Optional.of("Outlet");

    /** The import register in Wh, sampled periodically. */
    public static SimulatedMeterValue energy(Instant timestamp, long wattHours) {
        return of(timestamp, Long.toString(wattHours), PERIODIC, ENERGY, "Wh");
    }

    /** The import register in Wh, marked as the transaction's last reading. */
    public static SimulatedMeterValue finalEnergy(Instant timestamp, long wattHours) {
        return of(timestamp, Long.toString(wattHours), TRANSACTION_END, ENERGY, "Wh");
    }

    /** The import power in W, sampled periodically. */
    public static SimulatedMeterValue power(Instant timestamp, long watts) {
        return of(timestamp, Long.toString(watts), PERIODIC, "Power.Active.Import", "W");
    }

    /** The state of charge in percent, sampled periodically. */
    public static SimulatedMeterValue stateOfCharge(Instant timestamp, int percent) {
        return of(timestamp, Integer.toString(percent), PERIODIC, "SoC", "Percent")
                .withLocation(Optional.of("EV"));
    }

    /** A value without context, format, measurand, location, unit and phase: OCPP's defaults are left to the reader. */
    public static SimulatedMeterValue bare(Instant timestamp, String value) {
        var none = Optional.<String>empty();
        return new SimulatedMeterValue(timestamp, value, none, none, none, none, none, none);
    }

    /** A raw value at the outlet, without phase. */
    public static SimulatedMeterValue of(
            Instant timestamp, String value, String context, String measurand, String unit) {
        return new SimulatedMeterValue(
                timestamp,
                value,
                Optional.of(context),
                RAW,
                Optional.of(measurand),
                OUTLET,
                Optional.of(unit),
                Optional.empty());
    }

    public SimulatedMeterValue withPhase(String phase) {
        return new SimulatedMeterValue(
                timestamp, value, context, format, measurand, location, unit, Optional.of(phase));
    }

    public SimulatedMeterValue withLocation(Optional<String> place) {
        return new SimulatedMeterValue(timestamp, value, context, format, measurand, place, unit, phase);
    }

    public SimulatedMeterValue withFormat(Optional<String> newFormat) {
        return new SimulatedMeterValue(timestamp, value, context, newFormat, measurand, location, unit, phase);
    }

    /** Whether SteVe's {@code energyValuesOnly=true} lets this row through: phases stay in, unreadable values do not. */
    boolean isEnergy() {
        return measurand.orElse(ENERGY).equals(ENERGY)
                && (unit.isEmpty() || unit.get().equals("Wh") || unit.get().equals("kWh"))
                && !format.orElse("Raw").equals("SignedData")
                && NUMBER.matcher(value).matches();
    }
}
