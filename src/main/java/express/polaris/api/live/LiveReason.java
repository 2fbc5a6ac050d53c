package express.polaris.api.live;

import express.polaris.platform.refusals.Reason;

/** Reasons for refusing to open a stream. */
public enum LiveReason implements Reason {
    ENDING("The portal is about to restart."),
    TOO_MANY_STREAMS("The portal serves as many live views as it can; try again in a moment.");

    private final String english;

    LiveReason(String english) {
        this.english = english;
    }

    @Override
    public String english() {
        return english;
    }
}
