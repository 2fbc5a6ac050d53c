package express.polaris.sync;

import express.polaris.platform.refusals.Reason;

/** Why what an operator asks of sync is refused. */
public enum SyncCommandReason implements Reason {
    PAUSED_ALREADY("Sync is paused already."),
    NOT_PAUSED("No operator has paused sync."),
    NOT_PAUSED_BY_ITSELF("Sync has not paused by itself."),
    PAUSED("An operator has paused sync; resume it first."),
    BUSY("Large answers of SteVe are being worked on. Try again in a minute."),
    ID_REUSED(
            "SteVe has another charge under the number {0} by now; closing it would close that one. Nothing was sent."),
    ZERO_ENERGY("Session {0} has 0 kWh; to close it all the same, send \"confirmZero\": true.");

    private final String english;

    SyncCommandReason(String english) {
        this.english = english;
    }

    @Override
    public String english() {
        return english;
    }
}
