package express.polaris.sessions;

import java.util.Locale;

/** Status of a session in its life cycle; computed for each request, never stored. */
public enum SessionStatus {
    IN_PROGRESS,
    COMPLETED;

    /**
     * The rule of {@link #of} in SQL, over {@code s} (transaction_sync_state). Triggers keep {@code latest_is_final} in
     * step with the events; an index covers the sessions that are not completed.
     */
    public static final String COMPLETED_IN_SQL = "(s.is_finalized and s.latest_is_final)";

    /**
     * The only rule for the status.
     *
     * @param isLive whether the transaction is active in SteVe
     * @param isFinal whether the latest event is the final meter reading
     */
    public static SessionStatus of(boolean isLive, boolean isFinal) {
        return !isLive && isFinal ? COMPLETED : IN_PROGRESS;
    }

    /** As in the JSON API and in URLs: {@code in_progress}, {@code completed}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
