package express.polaris.api.live;

import express.polaris.platform.refusals.Reason;

/** Reasons for refusing to open a stream. */
public enum LiveReason implements Reason {
    ENDING("The portal is about to restart."),
    TOO_MANY_STREAMS("The portal serves as many live views as it can; try again in a moment."),
    TOO_MANY_OF_ACCOUNT("This account has {0} live views open already; close one, and try again.");

    private final String english;

    LiveReason(String english) {
        this.english = english;
    }

    @Override
    public String english() {
        return english;
    }
}
