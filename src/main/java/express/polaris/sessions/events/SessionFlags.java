package express.polaris.sessions.events;

import express.polaris.metering.Dispute;
import express.polaris.metering.MeterSeries;
import express.polaris.metering.ReadingFlag;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Flags of a session: those of its readings, and those that only the whole session can have. */
final class SessionFlags {

    /** The station clock is wrong. */
    static final String CLOCK = "clock";

    /** Energy readings were left out as outliers. */
    static final String OUTLIER = "outlier";

    /** SteVe's energy and the measured one disagree. */
    static final String DISPUTED = "disputed";

    private SessionFlags() {}

    static Set<String> of(MeterSeries series, Optional<Dispute> dispute, EventSum sum) {
        var flags = new TreeSet<String>();
        sum.flags().stream().map(ReadingFlag::wireName).forEach(flags::add);
        if (series.isClockWrong()) {
            flags.add(CLOCK);
        }
        if (series.hasOutliers()) {
            flags.add(OUTLIER);
        }
        if (dispute.isPresent()) {
            flags.add(DISPUTED);
        }
        return flags;
    }
}
