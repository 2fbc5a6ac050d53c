package express.polaris.portal.stations;

import express.polaris.platform.refusals.Reason;

/** Why a start is refused before a charger is asked. */
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
