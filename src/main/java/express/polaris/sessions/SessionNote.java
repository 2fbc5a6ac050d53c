package express.polaris.sessions;

import java.util.Locale;

/** What is worth saying beside the status; no status of its own. */
public enum SessionNote {
    /** Energy flows. */
    CHARGING,
    /** Plugged in, but power is under 100 W or no energy came over two sampling intervals. */
    IDLE,
    /** No reading for three sampling intervals; 15 minutes before the interval is learnt. */
    SILENT,
    /** The station's clock is ahead: its readings count once their time has come. */
    STATION_CLOCK,
    /** SteVe's number is larger than what can have flowed, and no operator has decided. */
    CHECKING,
    /** SteVe has closed the transaction and the closing reading has not come. */
    AWAITING_FINAL_READING;

    /** As in the JSON API: {@code charging}, {@code awaiting_final_reading}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
