package express.polaris.sync;

import express.polaris.platform.refusals.Reason;

/** Reasons for refusing an operator's sync command. */
public enum SyncCommandReason implements Reason {
    PAUSED_ALREADY("Sync is already paused."),
    NOT_PAUSED("No operator has paused sync."),
    NOT_PAUSED_BY_ITSELF("Sync is not paused because of vanished transactions."),
    PAUSED("An operator has paused sync; resume it first."),
    BUSY("Other large answers from SteVe are being processed. Try again in a minute."),
    ID_REUSED(
            "SteVe now has another session under the number {0}, and closing it would end that one. Nothing was sent."),
    ZERO_ENERGY("Session {0} has 0 kWh; to close it anyway, send \"confirmZero\": true.");

    private final String english;

    SyncCommandReason(String english) {
        this.english = english;
    }

    @Override
    public String english() {
        return english;
    }
}
