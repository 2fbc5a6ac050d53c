package express.polaris.console.transactions;

import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.metering.Dispute;
import express.polaris.metering.MeterEvent;
import express.polaris.metering.MeterStop;
import express.polaris.metering.ReadingFlag;
import express.polaris.sessions.ChargingSession;
import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Explains why SteVe's energy and the measured energy of a session differ, as far as its values and flags show.
 *
 * @param events events from {@link DisputeEvidence}, oldest first
 */
record DisputeReasons(ChargingSession session, List<MeterEvent> events, Texts texts, Format format) {

    /** Tolerance for a stop value that was sent in kWh instead of Wh, which may be rounded to whole kWh. */
    private static final Energy KILOWATT_HOUR = Energy.ofWattHours(1_000);

    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);

    List<String> words() {
        var words = new ArrayList<String>();
        var readings = events.stream().filter(event -> !event.isFinal()).toList();
        var stop = session.stop().flatMap(MeterStop::value);
        var dispute = session.energies().dispute();
        if (dispute.isPresent() && stop.isPresent()) {
            words.add(readings.isEmpty() ? text("unmeasured") : main(dispute.get(), stop.get(), readings));
        }
        if (session.flags().contains("outlier")) {
            words.add(text("outlier"));
        }
        if (session.flags().contains("clock")) {
            words.add(text("clock"));
        }
        return List.copyOf(words);
    }

    private String main(Dispute dispute, Energy stop, List<MeterEvent> readings) {
        var last = readings.getLast().meterTo();
        return switch (dispute) {
            case STEVE_LARGER -> larger(stop, last, readings.getFirst());
            case STEVE_SMALLER -> smaller(stop, last);
        };
    }

    private String larger(Energy stop, Energy last, MeterEvent first) {
        boolean begunAbove = first.flags().contains(ReadingFlag.METER_RESET)
                && first.meterTo().compareTo(session.startValue()) > 0;
        if (begunAbove) {
            return texts.get(
                    session.startValue().isZero() ? "energy.why.start_zero" : "energy.why.start_below",
                    format.energy(first.meterTo()),
                    format.energy(session.startValue()));
        }
        Optional<MeterEvent> jump = events.stream()
                .filter(event -> event.flags().contains(ReadingFlag.IMPLAUSIBLE))
                .findFirst();
        if (jump.isPresent()) {
            return texts.get(
                    "energy.why.jump",
                    format.energy(jump.get().meterTo().minus(jump.get().meterFrom())),
                    format.dateTime(jump.get().measuredAt()));
        }
        return stop.compareTo(last) > 0
                ? texts.get("energy.why.stop_above", format.energy(stop.minus(last)), format.energy(last))
                : text("unmeasured");
    }

    private String smaller(Energy stop, Energy last) {
        var asKilowattHours = Energy.ofWattHours(stop.wattHours().multiply(THOUSAND));
        if (stop.isPositive() && distance(asKilowattHours, last).compareTo(KILOWATT_HOUR) <= 0) {
            return texts.get("energy.why.stop_in_kwh", format.energy(stop), format.energy(last));
        }
        if (session.flags().contains(ReadingFlag.METER_RESET.wireName())) {
            return text("register_restarted");
        }
        if (session.stop().filter(MeterStop::isManual).isPresent()) {
            return text("manual_stop");
        }
        return texts.get("energy.why.stop_below", format.energy(stop), format.energy(last));
    }

    private static Energy distance(Energy one, Energy other) {
        var difference = one.minus(other);
        return difference.isNegative() ? difference.negated() : difference;
    }

    private String text(String name) {
        return texts.find("energy.why." + name).orElseThrow();
    }
}
