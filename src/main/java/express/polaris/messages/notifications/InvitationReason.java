package express.polaris.messages.notifications;

import express.polaris.platform.refusals.Reason;

/** Why nobody is invited. */
public enum InvitationReason implements Reason {
    NEEDS_PASSWORD("Give a password: this installation sends no mail, so it cannot invite anybody."),
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
