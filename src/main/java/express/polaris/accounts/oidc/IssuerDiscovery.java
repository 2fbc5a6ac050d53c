package express.polaris.accounts.oidc;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import express.polaris.accounts.SingleSignOnFailure;
import express.polaris.platform.settings.Settings;
import express.polaris.platform.settings.Settings.Oidc;
import express.polaris.platform.time.Uptime;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.converter.ClaimTypeConverter;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientException;

/**
 * The issuer as its discovery document describes it (OpenID Connect Discovery 1.0, section 4). The document is read when it
 * is first needed and again after an hour; while it cannot be read, the last one stays in use. If there is none yet, the
 * issuer is not asked again for ten seconds, so that people who wait to sign in do not queue for its timeouts.
 */
@Component
class IssuerDiscovery {

    /** Name of the only registration. */
    static final String REGISTRATION = "oidc";

    static final String CALLBACK = "/sign-in/oidc/callback";

    private static final Logger log = LoggerFactory.getLogger(IssuerDiscovery.class);
    private static final Duration KEPT = Duration.ofHours(1);
    private static final Duration FAILURE_KEPT = Duration.ofSeconds(10);
    private static final String DOCUMENT = "/.well-known/openid-configuration";

    private final Settings settings;
    private final IssuerHttp http;
    private final Clock clock;
    private final Uptime uptime;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile @Nullable Issuer known;
    private volatile Optional<Failure> failure = Optional.empty();

    IssuerDiscovery(Settings settings, IssuerHttp http, Clock clock, Uptime uptime) {
        this.settings = settings;
        this.http = http;
        this.clock = clock;
        this.uptime = uptime;
    }

    private record Failure(SingleSignOnRefused refused, Duration until) {}

    /**
     * The issuer with what checks its tokens.
     *
     * @param idTokens checks signature, issuer, audience and time, not the nonce
     * @param logoutTokens checks the signature and an expiry, if there is one
     */
    record Issuer(ClientRegistration registration, JwtDecoder idTokens, JwtDecoder logoutTokens, Instant readAt) {

        /** The issuer's name for itself, as in its tokens. */
        String name() {
            return Objects.requireNonNull(registration.getProviderDetails().getIssuerUri());
        }

        String clientId() {
            return registration.getClientId();
        }

        /** Where a browser signs in. */
        URI authorization() {
            return URI.create(registration.getProviderDetails().getAuthorizationUri());
        }

        /** Where a browser signs out (OpenID Connect RP-Initiated Logout 1.0, section 2.1). */
        Optional<URI> endSession() {
            return metadata("end_session_endpoint").map(URI::create);
        }

        Optional<String> metadata(String name) {
            return Optional.ofNullable(registration
                            .getProviderDetails()
                            .getConfigurationMetadata()
                            .get(name))
                    .map(Object::toString);
        }
    }

    /** The issuer if it was read before; never asks it. */
    Optional<Issuer> known() {
        return Optional.ofNullable(known);
    }

    /**
     * @throws SingleSignOnRefused if the issuer was never read and does not answer, or is another one
     */
    Issuer issuer() {
        var before = known;
        if (before != null && clock.instant().isBefore(before.readAt().plus(KEPT))) {
            return before;
        }
        reading.lock();
        try {
            var meanwhile = known;
            if (meanwhile != null && meanwhile != before) {
                return meanwhile;
            }
            var failed = failure.filter(last -> uptime.now().compareTo(last.until()) < 0);
            if (failed.isPresent()) {
                throw failed.get().refused();
            }
            return readAgain(before);
        } finally {
            reading.unlock();
        }
    }

    private Issuer readAgain(@Nullable Issuer before) {
        try {
            var read = read(settings.oidc().orElseThrow());
            known = read;
            return read;
        } catch (SingleSignOnRefused refused) {
            if (before == null) {
                failure = Optional.of(new Failure(refused, uptime.now().plus(FAILURE_KEPT)));
                throw refused;
            }
            log.warn(
                    "The issuer's document could not be read again; the last one stays in use: {}",
                    refused.getMessage());
            var kept = new Issuer(before.registration(), before.idTokens(), before.logoutTokens(), clock.instant());
            known = kept;
            return kept;
        }
    }

    private Issuer read(Oidc oidc) {
        var document = document(oidc);
        if (!isSame(String.valueOf(document.get("issuer")), oidc.issuer().toString())) {
            throw new SingleSignOnRefused(
                    SingleSignOnFailure.MISCONFIGURED,
                    "the document under " + oidc.issuer() + " is that of another issuer, " + document.get("issuer"));
        }
        try {
            var registration = ClientRegistrations.fromOidcConfiguration(document)
                    .registrationId(REGISTRATION)
                    .clientId(oidc.clientId())
                    .clientSecret(oidc.clientSecret())
                    .scope(oidc.scopes())
                    .redirectUri(redirectUri())
                    .build();
            return new Issuer(registration, idTokens(registration), logoutTokens(registration), clock.instant());
        } catch (RuntimeException e) {
            throw new SingleSignOnRefused(
                    SingleSignOnFailure.MISCONFIGURED,
                    "the document under " + oidc.issuer() + " cannot be used: " + e.getMessage());
        }
    }

    private Map<String, Object> document(Oidc oidc) {
        var address = withoutSlash(oidc.issuer().toString()) + DOCUMENT;
        try {
            var document = http.plain()
                    .get()
                    .uri(URI.create(address))
                    .retrieve()
                    .body(new ParameterizedTypeReference<Map<String, Object>>() {});
            return Optional.ofNullable(document).orElse(Map.of());
        } catch (ResourceAccessException | HttpServerErrorException e) {
            throw new SingleSignOnRefused(
                    SingleSignOnFailure.UNREACHABLE, address + " does not answer: " + e.getMessage());
        } catch (RestClientException e) {
            throw new SingleSignOnRefused(
                    SingleSignOnFailure.MISCONFIGURED, address + " has no document: " + e.getMessage());
        }
    }

    private String redirectUri() {
        return withoutSlash(settings.publicUrl().orElseThrow().toString()) + CALLBACK;
    }

    private JwtDecoder idTokens(ClientRegistration registration) {
        var issued = new OidcIdTokenValidator(registration);
        issued.setClock(clock);
        var decoder = decoder(registration).build();
        decoder.setClaimSetConverter(
                new ClaimTypeConverter(OidcIdTokenDecoderFactory.createDefaultClaimTypeConverters()));
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(List.of(times(), issued)));
        return decoder;
    }

    /** Logout tokens may say their type, which those of sign-ins must not (OpenID Connect Back-Channel Logout 1.0, 2.4). */
    private JwtDecoder logoutTokens(ClientRegistration registration) {
        var decoder = decoder(registration)
                .validateType(false)
                .jwtProcessorCustomizer(processor -> processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(
                        new JOSEObjectType("logout+jwt"), JOSEObjectType.JWT, null)))
                .build();
        decoder.setJwtValidator(times());
        return decoder;
    }

    private NimbusJwtDecoder.JwkSetUriJwtDecoderBuilder decoder(ClientRegistration registration) {
        var details = registration.getProviderDetails();
        var supported = details.getConfigurationMetadata().get("id_token_signing_alg_values_supported");
        return NimbusJwtDecoder.withJwkSetUri(Objects.requireNonNull(details.getJwkSetUri(), "jwks_uri is missing"))
                .restOperations(http.operations())
                .jwsAlgorithms(algorithms -> {
                    if (supported instanceof Collection<?> names) {
                        names.stream()
                                .map(name -> SignatureAlgorithm.from(String.valueOf(name)))
                                .filter(Objects::nonNull)
                                .forEach(algorithms::add);
                    }
                    if (algorithms.isEmpty()) {
                        algorithms.add(SignatureAlgorithm.RS256);
                    }
                });
    }

    private OAuth2TokenValidator<Jwt> times() {
        var times = new JwtTimestampValidator();
        times.setClock(clock);
        return times;
    }

    private static boolean isSame(String one, String other) {
        return withoutSlash(one).equals(withoutSlash(other));
    }

    private static String withoutSlash(String address) {
        return address.replaceFirst("/+$", "");
    }
}
