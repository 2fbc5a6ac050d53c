package express.polaris.sync;

import express.polaris.platform.refusals.Reason;
import express.polaris.steve.SteveSymptom;

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
    STEVE_UNKNOWN_HOST("The host name of SteVe is unknown"),
    STEVE_CONNECTION_LOST("The connection to SteVe ended before its answer"),
    STEVE_TLS("No TLS connection to SteVe"),
    STEVE_CONNECT_TIMEOUT("No connection to SteVe in time"),
    STEVE_API_ACCESS_OFF("SteVe's user for the API does not exist, is disabled, or has no API password"),
    STEVE_SIGN_IN_PAGE("SteVe's sign-in page answered instead of its API"),
    STEVE_REDIRECTED("The address of SteVe redirects elsewhere"),
    STEVE_OTHER_PAGE("A web page answered instead of SteVe's API"),
    STEVE_FORBIDDEN("SteVe has no API at this address"),
    STEVE_NOT_FOUND("Nothing is found at the address of SteVe's API"),
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

    static SyncReason of(SteveSymptom symptom) {
        return switch (symptom) {
            case RESTING -> STEVE_RESTS;
            case UNKNOWN_HOST -> STEVE_UNKNOWN_HOST;
            case CONNECTION_REFUSED -> STEVE_UNREACHABLE;
            case CONNECTION_LOST -> STEVE_CONNECTION_LOST;
            case TLS_FAILED -> STEVE_TLS;
            case CONNECT_TIMEOUT -> STEVE_CONNECT_TIMEOUT;
            case ANSWER_TIMEOUT -> STEVE_TIMEOUT;
            case API_ACCESS_OFF -> STEVE_API_ACCESS_OFF;
            case WRONG_PASSWORD -> STEVE_NOT_AUTHORISED;
            case SIGN_IN_PAGE -> STEVE_SIGN_IN_PAGE;
            case REDIRECTED -> STEVE_REDIRECTED;
            case OTHER_PAGE -> STEVE_OTHER_PAGE;
            case FORBIDDEN -> STEVE_FORBIDDEN;
            case NOT_FOUND -> STEVE_NOT_FOUND;
            case REFUSED -> STEVE_REFUSED;
            case SERVER_ERROR -> STEVE_SERVER_ERROR;
            case OTHER_JSON -> STEVE_UNREADABLE;
            case TOO_LARGE -> STEVE_TOO_LARGE;
        };
    }
}
