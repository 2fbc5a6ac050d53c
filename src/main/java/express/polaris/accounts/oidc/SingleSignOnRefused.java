package express.polaris.accounts.oidc;

import express.polaris.accounts.SingleSignOnFailure;

/** A sign-in by single sign-on is refused; an expected answer, without a stack trace. */
public class SingleSignOnRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final SingleSignOnFailure why;

    /**
     * @param detail for the log; neither tokens nor addresses of mails
     */
    SingleSignOnRefused(SingleSignOnFailure why, String detail) {
        super(why + ": " + detail, null, false, false);
        this.why = why;
    }

    public SingleSignOnFailure why() {
        return why;
    }
}
