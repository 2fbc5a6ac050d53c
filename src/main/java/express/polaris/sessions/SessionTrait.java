package express.polaris.sessions;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Property of a session that operators can search for. A partial index supports each. */
public enum SessionTrait {
    /** SteVe has closed the transaction, but the closing reading is missing. */
    AWAITING_FINAL_READING("(s.is_finalized and not s.latest_is_final)"),
    /** At least one flag is set. */
    FLAGGED("s.flags <> '{}'"),
    /** The station clock is wrong: a time of the session is not the one that the station reported. */
    CLOCK("s.flags @> '{clock}'"),
    METER_RESET("s.flags @> '{meter_reset}'"),
    /** Energy readings were left out as outliers. */
    OUTLIER("s.flags @> '{outlier}'"),
    /** SteVe's energy and the measured one disagree, and no operator has decided. */
    DISPUTED("s.dispute is not null"),
    /** An operator decided the energy. */
    DECIDED("s.decided_energy_wh is not null"),
    IMPLAUSIBLE("s.flags @> '{implausible}'"),
    RESET_CORRECTION("s.flags @> '{reset_correction}'"),
    CORRECTION("s.flags @> '{correction}'"),
    /** The transaction vanished from SteVe. */
    VANISHED("s.gone_from_steve_at is not null"),
    /** SteVe has a different transaction under this id. */
    REUSED_ID("s.id_reused");

    private final String sql;

    SessionTrait(String sql) {
        this.sql = sql;
    }

    /** Condition in SQL, over {@code s} (transaction_sync_state). */
    String sql() {
        return sql;
    }

    /** As in URLs: {@code meter_reset}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Empty for an unknown name. */
    public static Optional<SessionTrait> ofWireName(String wireName) {
        return Arrays.stream(values())
                .filter(trait -> trait.wireName().equals(wireName))
                .findFirst();
    }
}
