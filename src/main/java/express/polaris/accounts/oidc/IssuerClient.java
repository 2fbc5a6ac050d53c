package express.polaris.accounts.oidc;

import com.nimbusds.jose.RemoteKeySourceException;
import express.polaris.accounts.IssuerPerson;
import express.polaris.accounts.SingleSignOnFailure;
import express.polaris.accounts.oidc.IssuerDiscovery.Issuer;
import express.polaris.platform.settings.Settings;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.RestClientRefreshTokenTokenResponseClient;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.core.AbstractOAuth2Token;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;

/** Asks the issuer, by Spring Security's client, and says what went wrong as a {@link SingleSignOnRefused}. */
@Component
class IssuerClient {

    private static final List<Class<? extends Throwable>> UNREACHABLE = List.of(
            IOException.class,
            ResourceAccessException.class,
            HttpServerErrorException.class,
            RemoteKeySourceException.class);

    private final IssuerDiscovery discovery;
    private final Settings settings;
    private final Clock clock;
    private final OidcUserService users = new OidcUserService();
    private final RestClientAuthorizationCodeTokenResponseClient codes =
            new RestClientAuthorizationCodeTokenResponseClient();
    private final RestClientRefreshTokenTokenResponseClient refreshes = new RestClientRefreshTokenTokenResponseClient();
    private final OidcAuthorizationCodeAuthenticationProvider exchanges;
    private final DefaultOAuth2AuthorizationRequestResolver requests;

    IssuerClient(IssuerDiscovery discovery, IssuerHttp http, Settings settings, Clock clock) {
        this.discovery = discovery;
        this.settings = settings;
        this.clock = clock;
        var claims = new DefaultOAuth2UserService();
        claims.setRestOperations(http.userInfo());
        users.setOauth2UserService(claims);
        users.setRetrieveUserInfo(request -> request.getClientRegistration()
                        .getProviderDetails()
                        .getUserInfoEndpoint()
                        .getUri()
                != null);
        codes.setRestClient(http.tokens());
        refreshes.setRestClient(http.tokens());
        exchanges = new OidcAuthorizationCodeAuthenticationProvider(codes, users);
        exchanges.setJwtDecoderFactory(registration -> discovery.issuer().idTokens());
        requests = new DefaultOAuth2AuthorizationRequestResolver(
                id -> discovery.issuer().registration());
        requests.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
    }

    /**
     * What the issuer said about a person.
     *
     * @param idToken as it came, to sign out with
     * @param issuerSession the issuer's id of its own sign-in ({@code sid}), if it gives one
     * @param refreshToken to have the sign-in confirmed with, if there is one
     */
    record Answer(IssuerPerson person, String idToken, Optional<String> issuerSession, Optional<String> refreshToken) {

        @Override
        public String toString() {
            return "Answer[" + person + "]";
        }
    }

    /** A request to sign in, with state, nonce and code challenge (RFC 7636) of its own. */
    OAuth2AuthorizationRequest request(HttpServletRequest request) {
        return Objects.requireNonNull(requests.resolve(request, IssuerDiscovery.REGISTRATION));
    }

    /** Exchanges the code of an answer for tokens, and checks them. */
    Answer exchange(OAuth2AuthorizationRequest request, String code) {
        var issuer = discovery.issuer();
        var response = OAuth2AuthorizationResponse.success(code)
                .redirectUri(Objects.requireNonNull(request.getRedirectUri()))
                .state(Objects.requireNonNull(request.getState()))
                .build();
        var login = new OAuth2LoginAuthenticationToken(
                issuer.registration(), new OAuth2AuthorizationExchange(request, response));
        try {
            if (exchanges.authenticate(login) instanceof OAuth2LoginAuthenticationToken done
                    && done.getPrincipal() instanceof OidcUser user) {
                return answer(issuer, user, Optional.ofNullable(done.getRefreshToken()));
            }
        } catch (OAuth2AuthenticationException e) {
            throw refused(e, e.getError());
        }
        throw new SingleSignOnRefused(SingleSignOnFailure.MISCONFIGURED, "the scope openid is missing");
    }

    /**
     * Asks the issuer about a person again.
     *
     * @return empty when the issuer gives new tokens but says too little to decide about groups
     */
    Optional<Answer> refresh(OidcSignIn signIn, String idToken, String refreshToken) {
        var issuer = discovery.issuer();
        var now = clock.instant();
        var spent =
                new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, "spent", now.minus(Duration.ofHours(1)), now);
        var grant = new OAuth2RefreshTokenGrantRequest(
                issuer.registration(), spent, new OAuth2RefreshToken(refreshToken, now));
        try {
            var tokens = refreshes.getTokenResponse(grant);
            var fresh = Optional.ofNullable(tokens.getAdditionalParameters().get(OidcParameterNames.ID_TOKEN))
                    .map(Object::toString);
            var proof = fresh.map(token -> decoded(issuer, token)).orElseGet(() -> stored(signIn, idToken));
            if (!signIn.subject().equals(proof.getSubject())) {
                throw new SingleSignOnRefused(SingleSignOnFailure.NOT_TRUSTED, "the new token is of another subject");
            }
            var user = users.loadUser(new OidcUserRequest(
                    issuer.registration(), tokens.getAccessToken(), proof, tokens.getAdditionalParameters()));
            return fresh.isEmpty() && !saysGroups(user)
                    ? Optional.empty()
                    : Optional.of(answer(issuer, user, refreshToken(tokens)));
        } catch (OAuth2AuthenticationException e) {
            throw refused(e, e.getError());
        } catch (OAuth2AuthorizationException e) {
            throw refused(e, e.getError());
        } catch (JwtException e) {
            throw refused(e, new OAuth2Error("invalid_id_token"));
        }
    }

    private static Optional<OAuth2RefreshToken> refreshToken(OAuth2AccessTokenResponse tokens) {
        return Optional.ofNullable(tokens.getRefreshToken());
    }

    private static OidcIdToken decoded(Issuer issuer, String token) {
        var jwt = issuer.idTokens().decode(token);
        return new OidcIdToken(token, jwt.getIssuedAt(), jwt.getExpiresAt(), jwt.getClaims());
    }

    /** Proof of the subject that the issuer's claims have to be about; its other claims are too old to be used. */
    private OidcIdToken stored(OidcSignIn signIn, String idToken) {
        var now = clock.instant();
        return new OidcIdToken(
                idToken, now, now.plusSeconds(1), Map.of("iss", signIn.issuer(), "sub", signIn.subject()));
    }

    private boolean saysGroups(OidcUser user) {
        return settings.oidc()
                .map(oidc -> user.getClaims().containsKey(oidc.groupsClaim()))
                .orElse(false);
    }

    private Answer answer(Issuer issuer, OidcUser user, Optional<OAuth2RefreshToken> refreshToken) {
        var claims = new LinkedHashMap<>(user.getClaims());
        boolean verified = "true".equals(String.valueOf(claims.get("email_verified")));
        var person = new IssuerPerson(
                issuer.name(),
                Objects.requireNonNull(user.getSubject()),
                text(claims, "email").filter(email -> verified),
                text(claims, "name").or(() -> text(claims, "preferred_username")),
                text(claims, "locale"),
                groups(claims.get(settings.oidc().orElseThrow().groupsClaim())));
        return new Answer(
                person,
                user.getIdToken().getTokenValue(),
                text(claims, "sid"),
                refreshToken.map(AbstractOAuth2Token::getTokenValue));
    }

    private static Set<String> groups(@Nullable Object claim) {
        var groups = new HashSet<String>();
        if (claim instanceof Collection<?> several) {
            several.forEach(group -> groups.add(String.valueOf(group)));
        } else if (claim instanceof String one) {
            groups.add(one);
        }
        return groups;
    }

    private static Optional<String> text(Map<String, Object> claims, String name) {
        return Optional.ofNullable(claims.get(name)).map(Object::toString).filter(text -> !text.isBlank());
    }

    private static SingleSignOnRefused refused(Throwable thrown, OAuth2Error error) {
        var code = error.getErrorCode();
        if (hasCause(thrown, UNREACHABLE)) {
            return new SingleSignOnRefused(SingleSignOnFailure.UNREACHABLE, code);
        }
        // a wrong secret may be answered with 401 (RFC 6749, section 5.2), which Spring Security does not read as an
        // error
        if (code.equals("invalid_token_response")
                && hasCause(thrown, List.of(HttpClientErrorException.Unauthorized.class))) {
            return new SingleSignOnRefused(SingleSignOnFailure.MISCONFIGURED, "the client or its secret is unknown");
        }
        var why = switch (code) {
            case "invalid_grant" -> SingleSignOnFailure.EXPIRED;
            case "invalid_client",
                    "unauthorized_client",
                    "invalid_scope",
                    "invalid_request",
                    "unsupported_grant_type" -> SingleSignOnFailure.MISCONFIGURED;
            default -> SingleSignOnFailure.NOT_TRUSTED;
        };
        // descriptions of other errors are the issuer's own words
        boolean ours = code.equals("invalid_id_token") || code.equals("invalid_nonce");
        return new SingleSignOnRefused(why, ours && error.getDescription() != null ? error.getDescription() : code);
    }

    private static boolean hasCause(Throwable thrown, List<Class<? extends Throwable>> types) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause -> types.stream().anyMatch(type -> type.isInstance(cause)));
    }
}
