package express.polaris.sessions;

import java.util.Locale;

/** Where a session stands in its life cycle; computed at the time of each request, never stored. */
public enum SessionStatus {
    IN_PROGRESS,
    COMPLETED;

    /**
     * The same rule as {@link #of} in SQL, over {@code s} (transaction_sync_state). The database keeps
     * {@code latest_is_final} in step with the events; there is an index for whatever is not completed.
     */
    public static final String COMPLETED_IN_SQL = "(s.is_finalized and s.latest_is_final)";

    /**
     * The one rule.
     *
     * @param isLive SteVe still considers the transaction active
     * @param isFinal the latest event is the final meter reading
     */
    public static SessionStatus of(boolean isLive, boolean isFinal) {
        return !isLive && isFinal ? COMPLETED : IN_PROGRESS;
    }

    /** As in the JSON API and in addresses: {@code in_progress}, {@code completed}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
