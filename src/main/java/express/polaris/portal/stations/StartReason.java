package express.polaris.portal.stations;

import express.polaris.platform.refusals.Reason;

/** Reasons for refusing a start before any request is sent to the charger. */
public enum StartReason implements Reason {
    NO_FORM("Open the charger's page and start from there.");

    private final String english;

    StartReason(String english) {
        this.english = english;
    }

    @Override
    public String english() {
        return english;
    }
}
