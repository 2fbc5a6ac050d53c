package express.polaris.sessions;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Something about a session that an operator may look for. The database has an index for each, by the same condition. */
public enum SessionTrait {
    /** SteVe has closed the transaction and the closing reading has not come. */
    AWAITING_FINAL_READING("(s.is_finalized and not s.latest_is_final)"),
    /** It has one of the flags below, or several. */
    FLAGGED("s.flags <> '{}'"),
    /** Its station's clock is wrong: a time of it is not what the station said. */
    CLOCK("s.flags @> '{clock}'"),
    METER_RESET("s.flags @> '{meter_reset}'"),
    /** Readings were left out because they cannot be true. */
    OUTLIER("s.flags @> '{outlier}'"),
    /** SteVe's number and the measured one do not agree, and no operator has decided. */
    DISPUTED("s.dispute is not null"),
    /** An operator decided its energy. */
    DECIDED("s.decided_energy_wh is not null"),
    IMPLAUSIBLE("s.flags @> '{implausible}'"),
    RESET_CORRECTION("s.flags @> '{reset_correction}'"),
    CORRECTION("s.flags @> '{correction}'"),
    /** It has vanished from SteVe. */
    VANISHED("s.gone_from_steve_at is not null"),
    /** SteVe has another charge under its id. */
    REUSED_ID("s.id_reused");

    private final String sql;

    SessionTrait(String sql) {
        this.sql = sql;
    }

    /** The condition over {@code s} (transaction_sync_state). */
    String sql() {
        return sql;
    }

    /** As in addresses: {@code meter_reset}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Empty when there is no such trait. */
    public static Optional<SessionTrait> ofWireName(String wireName) {
        return Arrays.stream(values())
                .filter(trait -> trait.wireName().equals(wireName))
                .findFirst();
    }
}
