package express.polaris.portal;

import express.polaris.web.Shell;

/**
 * A step on the way in by e-mail. What stands against it comes as the shell's notice.
 *
 * @param action where its form posts to; empty without a form
 * @param email whose link it is; empty as long as that is nobody's business
 */
public record SignInStepPage(Shell shell, Step step, String action, String email) {

    /** Which step; {@code key} begins the keys of its texts. */
    public enum Step {
        /** Asks for the address of somebody who forgot their password. */
        FORGOTTEN("signIn.forgotten"),
        /** Says that a mail is on its way, if the address is known. */
        SENT("signIn.sent"),
        /** Asks for the click that signs in. */
        CONFIRM("signIn.confirm"),
        NEW_PASSWORD("signIn.newPassword"),
        /** Asks somebody who was invited for their first password. */
        WELCOME("signIn.welcome"),
        /** The link is used up, too old, or never was one. */
        EXPIRED("signIn.expired"),
        /** The same for a link that an operator has sent. */
        INVITATION_EXPIRED("signIn.invitationExpired"),
        /** Not a way in but the way out: the account is gone. */
        DELETED("account.deleted");

        private final String key;

        Step(String key) {
            this.key = key;
        }

        public String key() {
            return key;
        }

        public boolean asksForPassword() {
            return this == NEW_PASSWORD || this == WELCOME;
        }
    }
}
