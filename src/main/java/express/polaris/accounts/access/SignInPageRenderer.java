package express.polaris.accounts.access;

import express.polaris.accounts.SingleSignOnFailure;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import org.springframework.security.web.csrf.CsrfToken;

/**
 * Renders the sign-in page. Its form posts {@code email}, {@code password} and the CSRF parameter to {@code
 * /sign-in}; the passkey form posts the authenticator's response to {@code /sign-in/passkey}.
 */
@FunctionalInterface
public interface SignInPageRenderer {

    /** Returns the page in UTF-8, in the language of the request. */
    byte[] html(Form form, HttpServletRequest request);

    /**
     * Content of the page.
     *
     * @param email as typed before; untrusted
     * @param failure reason the last try failed
     */
    record Form(String email, Optional<Failure> failure, CsrfToken csrf) {

        @Override
        public String toString() {
            return "Form[" + failure + "]";
        }
    }

    /** Reason a try failed, as far as it may be revealed. */
    sealed interface Failure {

        /** Wrong e-mail address or password, or the account may not sign in. */
        record Wrong() implements Failure {}

        /** Unknown or invalid passkey, or its account may not sign in. */
        record WrongPasskey() implements Failure {}

        /** Single sign-on was refused. */
        record SingleSignOn(SingleSignOnFailure why) implements Failure {}

        /** All tries are used up. */
        record TooManyTries(Duration retryAfter) implements Failure {}
    }
}
