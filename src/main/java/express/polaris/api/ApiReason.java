package express.polaris.api;

import express.polaris.platform.refusals.Reason;

/** Reasons for refusing a request that the API checks itself. */
public enum ApiReason implements Reason {
    EMAIL("Give the e-mail address of the account."),
    PASSWORD("Give the password of the account."),
    CARD("Give the id of the card to start the session with."),
    INSTANT("Give an instant like 2026-05-01T00:00:00Z.");

    private final String english;

    ApiReason(String english) {
        this.english = english;
    }

    @Override
    public String english() {
        return english;
    }
}
