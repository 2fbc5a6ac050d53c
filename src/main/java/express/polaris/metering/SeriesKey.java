package express.polaris.metering;

import java.util.Comparator;
import java.util.List;

/**
 * A series of readings: a measurand at a location, as a total or as the phases of one group. The order is the
 * preference: register before intervals, total before phases, the outlet before other locations.
 *
 * @param location OCPP 1.6, 7.20; empty for the outlet, which is the default
 */
record SeriesKey(Measurand measurand, Phase.Group group, String location) implements Comparable<SeriesKey> {

    private static final List<String> LOCATIONS = List.of("", "Inlet", "Body", "EV", "Cable");

    private static final Comparator<SeriesKey> PREFERENCE = Comparator.comparing(SeriesKey::measurand)
            .thenComparing(SeriesKey::group)
            .thenComparing(SeriesKey::rankOfLocation)
            .thenComparing(SeriesKey::location);

    static SeriesKey of(Measurand measurand, Phase phase, SampledValue value) {
        var location = value.location().map(String::strip).orElse("");
        return new SeriesKey(measurand, phase.group(), location.equals("Outlet") ? "" : location);
    }

    @Override
    public int compareTo(SeriesKey other) {
        return PREFERENCE.compare(this, other);
    }

    private int rankOfLocation() {
        int known = LOCATIONS.indexOf(location);
        return known < 0 ? LOCATIONS.size() : known;
    }
}
