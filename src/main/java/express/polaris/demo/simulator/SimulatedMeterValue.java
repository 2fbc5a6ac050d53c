package express.polaris.demo.simulator;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Sampled value as SteVe stores it: text as sent, fields that the station left out absent (OCPP 1.6, 7.43).
 *
 * @param timestamp station time, with millisecond precision on the wire; {@link #NO_TIME} if the row has none
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

    /** Represents a missing timestamp. */
    public static final Instant NO_TIME = Instant.MIN;

    /** Reading context of the closing reading. */
    public static final String TRANSACTION_END = "Transaction.End";

    static final String TRANSACTION_BEGIN = "Transaction.Begin";
    static final String PERIODIC = "Sample.Periodic";
    static final String ENERGY = "Energy.Active.Import.Register";

    private static final Pattern NUMBER = Pattern.compile("[-+]?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");
    private static final Optional<String> RAW = Optional.of("Raw");
    private static final Optional<String> OUTLET = Optional.of("Outlet");

    /** Import register in Wh, a periodic sample. */
    public static SimulatedMeterValue energy(Instant timestamp, long wattHours) {
        return of(timestamp, Long.toString(wattHours), PERIODIC, ENERGY, "Wh");
    }

    /** Import register in Wh, marked as the closing reading. */
    public static SimulatedMeterValue finalEnergy(Instant timestamp, long wattHours) {
        return of(timestamp, Long.toString(wattHours), TRANSACTION_END, ENERGY, "Wh");
    }

    /** Import power in W, a periodic sample. */
    public static SimulatedMeterValue power(Instant timestamp, long watts) {
        return of(timestamp, Long.toString(watts), PERIODIC, "Power.Active.Import", "W");
    }

    /** State of charge in percent, a periodic sample. */
    public static SimulatedMeterValue stateOfCharge(Instant timestamp, int percent) {
        return of(timestamp, Integer.toString(percent), PERIODIC, "SoC", "Percent")
                .withLocation(Optional.of("EV"));
    }

    /** Value with all optional fields absent, so that the reader must apply OCPP's defaults. */
    public static SimulatedMeterValue bare(Instant timestamp, String value) {
        var none = Optional.<String>empty();
        return new SimulatedMeterValue(timestamp, value, none, none, none, none, none, none);
    }

    /** Raw value at the outlet, without a phase. */
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

    /**
     * Whether SteVe's {@code energyValuesOnly=true} keeps this row: rows with a phase are kept, unreadable values are
     * not.
     */
    boolean isEnergy() {
        return measurand.orElse(ENERGY).equals(ENERGY)
                && (unit.isEmpty() || unit.get().equals("Wh") || unit.get().equals("kWh"))
                && !format.orElse("Raw").equals("SignedData")
                && NUMBER.matcher(value).matches();
    }
}
