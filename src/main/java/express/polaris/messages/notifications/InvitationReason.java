package express.polaris.messages.notifications;

import express.polaris.platform.refusals.Reason;

/** Reasons for refusing an invitation. */
public enum InvitationReason implements Reason {
    NEEDS_PASSWORD("Give a password: this installation sends no mail, so it cannot invite anyone."),
    NO_MAIL("This installation sends no mail."),
    DISABLED("Account {0} is disabled; enable it first.");

    private final String english;

    InvitationReason(String english) {
        this.english = english;
    }

    @Override
    public String english() {
        return english;
    }
}
