package express.polaris.security;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import org.springframework.security.web.csrf.CsrfToken;

/**
 * How the page with the sign-in form looks. Its form posts {@code email}, {@code password} and the CSRF parameter to
 * {@code /sign-in}; one for passkeys posts what the authenticator says to {@code /sign-in/passkey}.
 */
@FunctionalInterface
public interface SignInPage {

    /** The page in UTF-8, in the language the request asks for. */
    byte[] html(Form form, HttpServletRequest request);

    /**
     * What the page shows.
     *
     * @param email as typed before; untrusted
     * @param failure why the last try did not succeed
     */
    record Form(String email, Optional<Failure> failure, CsrfToken csrf) {

        @Override
        public String toString() {
            return "Form[" + failure + "]";
        }
    }

    /** Why a try did not succeed, as far as anybody is told. */
    sealed interface Failure {

        /** Address or password is wrong, or the account may not sign in. */
        record Wrong() implements Failure {}

        /** The passkey is not known here or not right, or its account may not sign in. */
        record WrongPasskey() implements Failure {}

        /** The tries are used up. */
        record TooManyTries(Duration retryAfter) implements Failure {}
    }
}
