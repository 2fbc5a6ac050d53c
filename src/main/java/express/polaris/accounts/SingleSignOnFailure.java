package express.polaris.accounts;

/** Why a sign-in by single sign-on was refused; {@link #key} names its text. */
public enum SingleSignOnFailure {
    /** The issuer does not answer. */
    UNREACHABLE(503),
    /** The issuer does not answer, and the sign-in has to be confirmed by it before it can go on. */
    UNCONFIRMED(503),
    /** The issuer does not know this client, its secret or a scope, or names itself differently. */
    MISCONFIGURED(502),
    /** The answer belongs to no sign-in of this browser, was used before, or came too late. */
    EXPIRED(401),
    /** The person or the issuer declined. */
    DECLINED(401),
    /** A token has the wrong signature, issuer, audience, nonce or time. */
    NOT_TRUSTED(401),
    /** The issuer has not verified the e-mail address, or gives none. */
    UNVERIFIED(403),
    /** No account has this e-mail address, and new ones are not created. */
    NO_ACCOUNT(403),
    /** The account is linked to another identity of the issuer. */
    OTHER_IDENTITY(403),
    /** The account is disabled. */
    DISABLED(403),
    /** The person is in none of the groups that may sign in. */
    NOT_ALLOWED(403);

    private final int status;

    SingleSignOnFailure(int status) {
        this.status = status;
    }

    /** HTTP status of the page that explains it. */
    public int status() {
        return status;
    }

    public String key() {
        return "signIn.oidc." + name();
    }
}
