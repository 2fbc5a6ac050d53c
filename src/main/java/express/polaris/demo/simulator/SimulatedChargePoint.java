package express.polaris.demo.simulator;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Connector, and how its station reports.
 *
 * @param maxWatts maximum power in W
 * @param reportsStateOfCharge whether the station communicates with the car (DC)
 */
public record SimulatedChargePoint(
        String chargeBoxId, int connectorId, long maxWatts, boolean reportsStateOfCharge, MeterStyle style) {

    private static final Duration LATE = Duration.ofSeconds(15);
    private static final int PHASES = 3;
    private static final int VOLTS = 230;

    /** When a station of this style stops sending readings of such a session. */
    Instant heardUntil(Instant start, Instant stop) {
        return style == MeterStyle.SILENT_AT_END
                ? start.plus(Duration.between(start, stop).multipliedBy(2).dividedBy(3))
                : stop;
    }

    /** Meter values of the session, as SteVe receives them. */
    public MeterReadings readings(SimulatedSession session) {
        return now -> Stream.concat(periodic(session, now), last(session, now));
    }

    private Stream<SimulatedMeterValue> periodic(SimulatedSession session, Instant now) {
        return Stream.iterate(
                        session.start(),
                        at -> at.isBefore(session.stop()) && !at.isAfter(session.heardUntil()) && !at.isAfter(now),
                        at -> at.plus(session.interval()))
                .flatMap(at -> rows(
                        session,
                        at,
                        at.equals(session.start())
                                ? SimulatedMeterValue.TRANSACTION_BEGIN
                                : SimulatedMeterValue.PERIODIC)
                        .stream());
    }

    private Stream<SimulatedMeterValue> last(SimulatedSession session, Instant now) {
        var arrival = style == MeterStyle.LATE_FINAL ? session.stop().plus(LATE) : session.stop();
        boolean heard = !session.heardUntil().isBefore(session.stop()) && !arrival.isAfter(now);
        return heard ? rows(session, session.stop(), SimulatedMeterValue.TRANSACTION_END).stream() : Stream.empty();
    }

    private List<SimulatedMeterValue> rows(SimulatedSession session, Instant at, String context) {
        long wattHours = session.wattHoursAt(at);
        var elapsed = session.elapsed(at);
        boolean pluggedOut = context.equals(SimulatedMeterValue.TRANSACTION_END);
        long watts = pluggedOut ? 0 : session.curve().wattsAfter(elapsed);
        var rows = new ArrayList<SimulatedMeterValue>();
        switch (style) {
            case BARE -> rows.add(SimulatedMeterValue.bare(at, Long.toString(wattHours)));
            case NO_POWER -> rows.add(energy(at, context, wattHours));
            case KILOWATT_HOURS -> {
                rows.add(SimulatedMeterValue.of(at, milli(wattHours), context, SimulatedMeterValue.ENERGY, "kWh"));
                rows.add(SimulatedMeterValue.of(at, milli(watts), context, "Power.Active.Import", "kW"));
            }
            case NORMAL, SILENT_AT_END, LATE_FINAL -> {
                rows.add(energy(at, context, wattHours));
                rows.add(power(at, context, watts));
            }
            case PHASES -> {
                rows.add(energy(at, context, wattHours));
                rows.add(power(at, context, watts));
                for (int phase = 1; phase <= PHASES; phase++) {
                    rows.add(current(at, context, watts, phase));
                }
                for (int phase = 1; phase <= PHASES; phase++) {
                    rows.add(voltage(at, context, phase));
                }
            }
        }
        if (reportsStateOfCharge && style != MeterStyle.BARE) {
            int soc = session.curve().stateOfChargeAfter(elapsed);
            rows.add(SimulatedMeterValue.of(at, Integer.toString(soc), context, "SoC", "Percent")
                    .withLocation(Optional.of("EV")));
        }
        return rows;
    }

    private static SimulatedMeterValue energy(Instant at, String context, long wattHours) {
        return SimulatedMeterValue.of(at, Long.toString(wattHours), context, SimulatedMeterValue.ENERGY, "Wh");
    }

    private static SimulatedMeterValue power(Instant at, String context, long watts) {
        return SimulatedMeterValue.of(
                at, BigDecimal.valueOf(watts * 10, 1).toPlainString(), context, "Power.Active.Import", "W");
    }

    private static SimulatedMeterValue current(Instant at, String context, long watts, int phase) {
        long centiAmperes = watts * 100 / (PHASES * VOLTS);
        return SimulatedMeterValue.of(
                        at, BigDecimal.valueOf(centiAmperes, 2).toPlainString(), context, "Current.Import", "A")
                .withPhase("L" + phase);
    }

    private static SimulatedMeterValue voltage(Instant at, String context, int phase) {
        long wobble = Math.floorMod(at.getEpochSecond() / 10 * 7 + phase * 13L, 40L);
        return SimulatedMeterValue.of(
                        at, BigDecimal.valueOf(VOLTS * 10 - 20 + wobble, 1).toPlainString(), context, "Voltage", "V")
                .withPhase("L" + phase + "-N");
    }

    private static String milli(long thousandths) {
        return BigDecimal.valueOf(thousandths, 3).toPlainString();
    }
}
