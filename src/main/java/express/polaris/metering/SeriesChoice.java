package express.polaris.metering;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One series per session and kind of quantity: register before interval, total before phases, the outlet before other
 * places. Only rows that count are a choice, so that a preferred series that is unreadable does not hide a good one.
 */
final class SeriesChoice {

    private static final List<String> LOCATIONS = List.of("", "Inlet", "Body", "EV", "Cable");

    private static final Comparator<Sample> PREFERENCE = Comparator.comparing(Sample::measurand)
            .thenComparing(sample -> sample.phase() != Phase.ALL)
            .thenComparing(sample -> rank(sample.location()))
            .thenComparing(Sample::location);

    private SeriesChoice() {}

    static List<Sample> choose(List<Sample> samples, RowLedger ledger) {
        var best = samples.stream().min(PREFERENCE);
        if (best.isEmpty()) {
            return List.of();
        }
        boolean sampledIntervals = samples.stream()
                .anyMatch(sample -> PREFERENCE.compare(sample, best.get()) == 0
                        && sample.measurand() == Measurand.ENERGY_INTERVAL
                        && sample.isPeriodic());
        var chosen = new ArrayList<Sample>();
        for (var sample : samples) {
            // Clock-aligned intervals cover the same energy once more.
            boolean coveredTwice = sampledIntervals && sample.isClockAligned();
            if (PREFERENCE.compare(sample, best.get()) == 0 && !coveredTwice) {
                chosen.add(sample);
            } else {
                ledger.reject(sample.row(), "other_series");
            }
        }
        return chosen;
    }

    private static int rank(String location) {
        int known = LOCATIONS.indexOf(location);
        return known < 0 ? LOCATIONS.size() : known;
    }
}
