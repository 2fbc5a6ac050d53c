package express.polaris.sync;

import express.polaris.platform.refusals.Reason;
import express.polaris.steve.SteveUnavailable;

/** Reasons why sync could not apply something. The names are stored: constants may be added but never renamed. */
public enum SyncReason implements Reason {
    STEVE_RESTS("SteVe is not called for a while, because its last answers were not usable"),
    STEVE_NOT_AUTHORISED("SteVe rejected the API user or password"),
    STEVE_TIMEOUT("SteVe did not answer in time"),
    STEVE_UNREACHABLE("No connection to SteVe"),
    STEVE_SERVER_ERROR("SteVe reported a server error"),
    STEVE_UNREADABLE("SteVe's answer cannot be read"),
    STEVE_TOO_LARGE("SteVe's answer is too large"),
    STEVE_REFUSED("SteVe refused the request"),
    DISCOVERY_FAILED("Discovery failed; see the log"),
    VANISHED("{0} of {1} transactions of the last 90 days are no longer in SteVe."
            + " Was SteVe reinstalled, or does POLARIS_STEVE_BASE_URL point to another SteVe? They stay unchanged."),
    ROW_UNREADABLE("A row of SteVe's list cannot be read"),
    LEFT_OUT("Transaction {0} is skipped: {1}"),
    NOT_BELIEVED("Transaction {0}: {1}"),
    ID("the transaction id is {0}; it must be from 1 to {1}"),
    CHARGE_BOX("the charge box id has {0} characters or unprintable ones; it must have 1 to {1} printable characters"),
    ID_TAG("the idTag has {0} characters or unprintable ones; it must have 1 to {1} printable characters"),
    START("the start {0} is not between {1} and {2}"),
    START_VALUE("the start value cannot be read"),
    ROW_NOT_STORED("Transaction {0} cannot be stored"),
    CONFLICT("Transaction {0} is known as a session at {1}/{2} that started at {3} with {4} Wh; SteVe now has another"
            + " at {5}/{6} that started at {7} with {8} Wh."
            + " Was SteVe reinstalled, or does POLARIS_STEVE_BASE_URL point to another SteVe?"),
    NO_DATABASE("The answer cannot be stored: the database is not available"),
    NOT_STORED("The answer cannot be stored"),
    NOT_TAKEN_OVER("The answer cannot be applied; see the log"),
    NO_MEMORY("The answer does not fit into this node's memory; give it a larger heap"),
    OTHER_TRANSACTION("SteVe was asked for transaction {0} and answered with transaction {1}"),
    VALUES_UNREADABLE("Unreadable meter values: {0}, the first at position {1}"),
    NO_STOP_VALUE("No final reading: SteVe's stop value is missing"),
    STOP_BELOW_START("No final reading: SteVe's stop value {0} Wh is below the start value {1} Wh"),
    UNKNOWN_IN_STEVE("SteVe no longer knows transaction {0}"),
    GONE("Transaction {0} is no longer in SteVe (was its tag deleted there?);"
            + " it is closed at its last reading and kept"),
    /** Fault that is stored as a plain text, without a reason. */
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
