package express.polaris.accounts;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticationRequest;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.RegistrationRequest;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.client.CollectedClientData;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.util.exception.WebAuthnException;
import com.webauthn4j.verifier.exception.MaliciousCounterValueException;
import express.polaris.accounts.PasskeyRepository.Credential;
import java.nio.BufferUnderflowException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.core.JacksonException;

/**
 * WebAuthn's registration and authentication ceremonies, as in <a
 * href="https://www.w3.org/TR/webauthn-3/#sctn-rp-operations">chapter 7</a>. User verification is required, because
 * a passkey is the only factor. Attestation is neither requested nor checked: any authenticator model is accepted.
 * The WebAuthn library is initialized on first use.
 */
@Component
class PasskeyCeremonies {

    /** ES256, EdDSA and RS256: supported by phones, computers and security keys. */
    static final List<Integer> ALGORITHMS = List.of(-7, -8, -257);

    private static final Logger log = LoggerFactory.getLogger(PasskeyCeremonies.class);
    private static final boolean HOLDER_IS_VERIFIED = true;
    private static final boolean HOLDER_IS_PRESENT = true;

    private final PasskeyChallenges challenges;
    private final SingletonSupplier<Tools> tools = SingletonSupplier.of(Tools::new);

    PasskeyCeremonies(PasskeyChallenges challenges) {
        this.challenges = challenges;
    }

    private record Tools(WebAuthnManager manager, AttestedCredentialDataConverter credentials) {

        Tools() {
            this(new ObjectConverter());
        }

        private Tools(ObjectConverter converter) {
            this(
                    WebAuthnManager.createNonStrictWebAuthnManager(converter),
                    new AttestedCredentialDataConverter(converter));
        }
    }

    /** Result of verifying a sign-in response. */
    sealed interface Outcome {

        /** The signature is valid. */
        record Proven(long signCount, boolean backedUp) implements Outcome {}

        /** The signature is valid, but its counter is not above the last one seen: the passkey may have been cloned. */
        record CountedBack() implements Outcome {}

        record Refused() implements Outcome {}
    }

    /** Site, purpose and browser that a response's challenge must have been issued for. */
    record Asked(PasskeySite site, PasskeyChallenges.Purpose purpose, String browser) {}

    /** Verifies a registration; empty when it is invalid or its challenge is invalid or used. */
    Optional<Credential> added(PasskeyAnswer.Added answer, Asked asked) {
        return readable(() -> tools.obtain()
                        .manager()
                        .parse(new RegistrationRequest(answer.attestation(), answer.clientData())))
                .flatMap(data -> property(Optional.ofNullable(data.getCollectedClientData()), asked)
                        .flatMap(property -> readable(() -> credential(data, property))));
    }

    private Credential credential(RegistrationData data, ServerProperty property) {
        var algorithms = ALGORITHMS.stream()
                .map(algorithm -> new PublicKeyCredentialParameters(
                        PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.create(algorithm)))
                .toList();
        var verified = tools.obtain()
                .manager()
                .verify(data, new RegistrationParameters(property, algorithms, HOLDER_IS_VERIFIED, HOLDER_IS_PRESENT));
        var attestation =
                Optional.ofNullable(verified.getAttestationObject()).orElseThrow(IllegalArgumentException::new);
        var authenticator = attestation.getAuthenticatorData();
        var made = Optional.ofNullable(authenticator.getAttestedCredentialData())
                .orElseThrow(IllegalArgumentException::new);
        return new Credential(
                made.getCredentialId(),
                tools.obtain().credentials().convert(made),
                authenticator.getSignCount(),
                authenticator.isFlagBE(),
                authenticator.isFlagBS());
    }

    /** Parses a sign-in response; empty when it is unreadable or its challenge is invalid or used. */
    Optional<Assertion> read(PasskeyAnswer.SignedIn answer, Asked asked) {
        var request = new AuthenticationRequest(
                answer.credentialId(),
                answer.owner(),
                answer.authenticatorData(),
                answer.clientData(),
                answer.signature());
        return readable(() -> tools.obtain().manager().parse(request))
                .flatMap(data -> property(Optional.ofNullable(data.getCollectedClientData()), asked)
                        .map(property -> new Assertion(data, property)));
    }

    /** Sign-in response whose challenge is valid; nothing else is verified yet. */
    record Assertion(AuthenticationData data, ServerProperty property) {}

    /** Verifies that this passkey gave the response. */
    Outcome check(Assertion assertion, Credential credential) {
        try {
            return readable(() -> proven(assertion, credential)).orElseGet(Outcome.Refused::new);
        } catch (MaliciousCounterValueException e) {
            return new Outcome.CountedBack();
        }
    }

    private Outcome proven(Assertion assertion, Credential credential) {
        var record = new CredentialRecordImpl(
                null,
                HOLDER_IS_VERIFIED,
                credential.backupEligible(),
                credential.backedUp(),
                credential.signCount(),
                tools.obtain().credentials().convert(credential.data()),
                null,
                null,
                null,
                null);
        var verified = tools.obtain()
                .manager()
                .verify(
                        assertion.data(),
                        new AuthenticationParameters(
                                assertion.property(), record, null, HOLDER_IS_VERIFIED, HOLDER_IS_PRESENT));
        return Optional.ofNullable(verified.getAuthenticatorData())
                .<Outcome>map(data -> new Outcome.Proven(data.getSignCount(), data.isFlagBS()))
                .orElseGet(Outcome.Refused::new);
    }

    /** Uses the challenge up before anything else is verified, so a challenge allows one try. */
    private Optional<ServerProperty> property(Optional<CollectedClientData> clientData, Asked asked) {
        return clientData
                .flatMap(data -> Optional.ofNullable(data.getChallenge()))
                .map(challenge -> challenge.getValue())
                .filter(challenge -> challenges.take(challenge, asked.purpose(), asked.browser()))
                .map(challenge -> ServerProperty.builder()
                        .origin(new Origin(asked.site().origin()))
                        .rpId(asked.site().host())
                        .challenge(new DefaultChallenge(challenge))
                        .build());
    }

    /** Unreadable and invalid responses get the same answer. */
    private static <T> Optional<T> readable(Supplier<T> step) {
        try {
            return Optional.of(step.get());
        } catch (MaliciousCounterValueException e) {
            throw e;
        } catch (WebAuthnException | JacksonException | IllegalArgumentException | BufferUnderflowException e) {
            log.debug("Refused the response of a passkey", e);
            return Optional.empty();
        }
    }
}
