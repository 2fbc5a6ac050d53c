package express.polaris.accounts.oidc;

import express.polaris.accounts.SingleSignOnFailure;
import express.polaris.platform.settings.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.stereotype.Component;

/**
 * Requests to sign in that wait for the issuer's answer. The browser keeps its own in a sealed cookie, so a visitor who only
 * starts writes nothing to the database; an answer is used up there.
 */
@Component
class SignInRequests {

    /** How long a person may take at the issuer. */
    static final Duration LIFE = Duration.ofMinutes(10);

    private static final String PURPOSE = "request";
    private static final int PARTS = 7;

    private final OidcSignInRepository repository;
    private final Settings settings;
    private final Clock clock;

    SignInRequests(OidcSignInRepository repository, Settings settings, Clock clock) {
        this.repository = repository;
        this.settings = settings;
        this.clock = clock;
    }

    String sealed(OAuth2AuthorizationRequest request) {
        var parts = String.join(
                "\n",
                request.getState(),
                String.valueOf(request.getAttributes().get(OidcParameterNames.NONCE)),
                String.valueOf(request.getAttributes().get(PkceParameterNames.CODE_VERIFIER)),
                request.getAuthorizationUri(),
                request.getRedirectUri(),
                request.getClientId(),
                Long.toString(clock.instant().plus(LIFE).toEpochMilli()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(seal().close(parts, PURPOSE));
    }

    /**
     * Returns the request of this browser that an answer belongs to, and uses it up.
     *
     * @throws SingleSignOnRefused if there is none, or it was answered or has expired
     */
    OAuth2AuthorizationRequest take(Optional<String> sealed, String state) {
        var parts = sealed.flatMap(this::opened)
                .filter(opened -> opened.length == PARTS && opened[0].equals(state))
                .orElseThrow(() -> expired("no request of this browser has this state"));
        var expiresAt = Instant.ofEpochMilli(Long.parseLong(parts[6]));
        if (!clock.instant().isBefore(expiresAt)) {
            throw expired("the request has expired");
        }
        if (!repository.use("state " + state, expiresAt)) {
            throw expired("the answer was used before");
        }
        return OAuth2AuthorizationRequest.authorizationCode()
                .state(parts[0])
                .attributes(attributes -> attributes.putAll(
                        Map.of(OidcParameterNames.NONCE, parts[1], PkceParameterNames.CODE_VERIFIER, parts[2])))
                .scopes(Set.copyOf(settings.oidc().orElseThrow().scopes()))
                .authorizationUri(parts[3])
                .redirectUri(parts[4])
                .clientId(parts[5])
                .build();
    }

    private Optional<String[]> opened(String sealed) {
        try {
            return seal().open(Base64.getUrlDecoder().decode(sealed), PURPOSE).map(text -> text.split("\n", -1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Seal seal() {
        return new Seal(settings.oidc().orElseThrow());
    }

    private static SingleSignOnRefused expired(String detail) {
        return new SingleSignOnRefused(SingleSignOnFailure.EXPIRED, detail);
    }
}
