package express.polaris.sync;

import express.polaris.platform.refusals.Reason;
import express.polaris.steve.SteveUnavailable;

/** Why sync could not take something over. The names are stored: a constant may be added, but never renamed. */
public enum SyncReason implements Reason {
    STEVE_RESTS("SteVe is not asked for a while: its last answers were not usable"),
    STEVE_NOT_AUTHORISED("SteVe gave no usable answer (NOT_AUTHORISED)"),
    STEVE_TIMEOUT("SteVe gave no usable answer (TIMEOUT)"),
    STEVE_UNREACHABLE("SteVe gave no usable answer (UNREACHABLE)"),
    STEVE_SERVER_ERROR("SteVe gave no usable answer (SERVER_ERROR)"),
    STEVE_UNREADABLE("SteVe gave no usable answer (UNREADABLE)"),
    STEVE_TOO_LARGE("SteVe gave no usable answer (TOO_LARGE)"),
    STEVE_REFUSED("SteVe gave no usable answer (REFUSED)"),
    DISCOVERY_FAILED("Discovery failed; the log has the details"),
    VANISHED("{0} of {1} transactions of the last 90 days are not in SteVe any more."
            + " Was SteVe reinstalled, or is POLARIS_STEVE_BASE_URL another SteVe's? They are left as they are."),
    ROW_UNREADABLE("SteVe's row cannot be read"),
    LEFT_OUT("Transaction {0} is left out: {1}"),
    NOT_BELIEVED("Transaction {0}: {1}"),
    ID("the id is {0}; ids go from 1 to {1}"),
    CHARGE_BOX("the charge box id has {0} characters or some that are not printable; it has 1 to {1}"),
    ID_TAG("the idTag has {0} characters or some that are not printable; it has 1 to {1}"),
    START("the start {0} is not between {1} and {2}"),
    START_VALUE("the start value cannot be read"),
    ROW_NOT_STORED("Transaction {0} cannot be stored"),
    CONFLICT("Transaction {0} is known as a charge at {1}/{2} that started at {3} with {4} Wh; SteVe now has one at"
            + " {5}/{6} from {7} with {8} Wh."
            + " Was SteVe reinstalled, or is POLARIS_STEVE_BASE_URL another SteVe's?"),
    NO_DATABASE("The answer cannot be stored: the database is not available"),
    NOT_STORED("The answer cannot be stored"),
    NOT_TAKEN_OVER("The answer cannot be taken over; the log has the details"),
    NO_MEMORY("The answer does not fit into the memory of this node; see its options for more"),
    OTHER_TRANSACTION("SteVe was asked for transaction {0} and told of {1}"),
    VALUES_UNREADABLE("{0} meter values cannot be read, the first at position {1}"),
    NO_STOP_VALUE("No closing reading: stop value missing"),
    STOP_BELOW_START("No closing reading: stop value {0} Wh is below the start value {1} Wh"),
    UNKNOWN_IN_STEVE("SteVe does not know transaction {0} any more"),
    GONE("Transaction {0} is not in SteVe any more (was its tag deleted there?);"
            + " it is closed on the last reading and kept"),
    /** Words that were stored without a reason. */
    WORDS("{0}");

    private final String english;

    SyncReason(String english) {
        this.english = english;
    }

    @Override
    public String english() {
        return english;
    }

    static SyncReason of(SteveUnavailable.Reason reason) {
        return switch (reason) {
            case CIRCUIT_OPEN -> STEVE_RESTS;
            case NOT_AUTHORISED -> STEVE_NOT_AUTHORISED;
            case TIMEOUT -> STEVE_TIMEOUT;
            case UNREACHABLE -> STEVE_UNREACHABLE;
            case SERVER_ERROR -> STEVE_SERVER_ERROR;
            case UNREADABLE -> STEVE_UNREADABLE;
            case TOO_LARGE -> STEVE_TOO_LARGE;
            case REFUSED -> STEVE_REFUSED;
        };
    }
}
