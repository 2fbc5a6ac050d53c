package express.polaris.api;

import express.polaris.accounts.AccountReason;
import express.polaris.accounts.ApiTokenService;
import express.polaris.accounts.Credentials;
import express.polaris.accounts.Credentials.Attempt;
import express.polaris.accounts.SignedIn;
import express.polaris.platform.refusals.FaultCollector;
import express.polaris.platform.refusals.Unauthorized;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Tokens for scripts, issued for an e-mail address and password under the limits of sign-in. */
@RestController
@RequestMapping("/api/v1/tokens")
class TokensApi {

    private final Credentials credentials;
    private final ApiTokenService tokens;

    TokensApi(Credentials credentials, ApiTokenService tokens) {
        this.credentials = credentials;
        this.tokens = tokens;
    }

    record NewToken(Optional<String> email, Optional<String> password, Optional<String> name, Optional<Integer> days) {

        @Override
        public String toString() {
            return "NewToken";
        }
    }

    record Token(String token, Instant expiresAt) {

        @Override
        public String toString() {
            return "Token[" + expiresAt + "]";
        }
    }

    /** Returns the same 401 for an unknown address, a wrong password and a disabled account. */
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Token create(@RequestBody NewToken wanted, HttpServletRequest request) {
        var name = wanted.name().orElse("");
        int days = wanted.days().orElse(ApiTokenService.MOST_DAYS);
        var faults = new FaultCollector()
                .require(wanted.email().isPresent(), "email", ApiReason.EMAIL.with())
                .require(wanted.password().isPresent(), "password", ApiReason.PASSWORD.with());
        ApiTokenService.check(name, days, faults);
        faults.throwIfAny();
        var attempt = new Attempt(
                wanted.email().orElseThrow(),
                wanted.password().orElseThrow(),
                request.getRemoteAddr(),
                Optional.empty());
        return credentials
                .check(attempt)
                .flatMap(access -> tokens.issue(access, name, days))
                .map(issued -> new Token(issued.token(), issued.expiresAt()))
                .orElseThrow(() -> new Unauthorized(AccountReason.CREDENTIALS.with()));
    }

    /** Returns 404 to a browser session, which has no token. */
    @DeleteMapping("/current")
    Map<String, Object> revoke(@AuthenticationPrincipal SignedIn signedIn) {
        tokens.revokeCurrent(signedIn);
        return Map.of();
    }
}
