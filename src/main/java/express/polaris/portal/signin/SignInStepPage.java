package express.polaris.portal.signin;

import express.polaris.web.Shell;

/**
 * Step of the sign-in by e-mail. A refusal is the shell's notice.
 *
 * @param action path that the form posts to; empty without a form
 * @param email address of the link's account; empty while the visitor has not opened a valid link
 */
public record SignInStepPage(Shell shell, Step step, String action, String email) {

    /** Step; {@code key} is the prefix of its text keys. */
    public enum Step {
        /** Asks for the e-mail address of the account. */
        FORGOTTEN("signIn.forgotten"),
        /** Confirms that a mail is on its way, provided that the address is known. */
        SENT("signIn.sent"),
        /** Asks for the click that signs in. */
        CONFIRM("signIn.confirm"),
        NEW_PASSWORD("signIn.newPassword"),
        /** Asks an invited person for their first password. */
        WELCOME("signIn.welcome"),
        /** The link was used, has expired or never existed. */
        EXPIRED("signIn.expired"),
        /** As {@link #EXPIRED}, for a link that an operator sent. */
        INVITATION_EXPIRED("signIn.invitationExpired"),
        /** The account was deleted; not a step of signing in. */
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
