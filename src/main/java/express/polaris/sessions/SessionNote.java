package express.polaris.sessions;

import java.util.Locale;

/** Note shown beside the status; not a status of its own. */
public enum SessionNote {
    /** None of the other notes applies: energy flows. */
    CHARGING,
    /** Plugged in, but the power is under 100 W or no energy came over two sampling intervals. */
    IDLE,
    /** No reading for three sampling intervals, or for 15 minutes while the interval is not learned. */
    SILENT,
    /** The station clock is ahead: the start, or readings, lie ahead of their time. */
    STATION_CLOCK,
    /** SteVe's energy is larger than what can have flowed, and no operator has decided. */
    CHECKING,
    /** SteVe has closed the transaction, but the closing reading is missing. */
    AWAITING_FINAL_READING;

    /** As in the JSON API: {@code charging}, {@code awaiting_final_reading}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
