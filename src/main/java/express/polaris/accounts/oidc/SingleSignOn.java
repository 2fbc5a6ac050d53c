package express.polaris.accounts.oidc;

import express.polaris.accounts.LinkedIdentity;
import express.polaris.accounts.SignInRight;
import express.polaris.accounts.SingleSignOnAccounts;
import express.polaris.accounts.SingleSignOnAccounts.Admission;
import express.polaris.accounts.SingleSignOnFailure;
import express.polaris.accounts.oidc.IssuerClient.Answer;
import express.polaris.platform.refusals.TooMany;
import express.polaris.platform.settings.Settings;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.stereotype.Service;
import org.springframework.web.util.UriComponentsBuilder;

/** Signs in and out at the issuer of the settings. */
@Service
public class SingleSignOn {

    /** How long a browser keeps what {@link #start} gives it. */
    public static final Duration LIFE = SignInRequests.LIFE;

    private static final Logger log = LoggerFactory.getLogger(SingleSignOn.class);

    private final IssuerDiscovery discovery;
    private final IssuerClient issuer;
    private final SignInRequests requests;
    private final SingleSignOnAccounts accounts;
    private final OidcSignIns signIns;
    private final Settings settings;

    SingleSignOn(
            IssuerDiscovery discovery,
            IssuerClient issuer,
            SignInRequests requests,
            SingleSignOnAccounts accounts,
            OidcSignIns signIns,
            Settings settings) {
        this.discovery = discovery;
        this.issuer = issuer;
        this.requests = requests;
        this.accounts = accounts;
        this.signIns = signIns;
        this.settings = settings;
    }

    /**
     * Request to sign in.
     *
     * @param address where to send the browser
     * @param state identifies the request in the issuer's answer
     * @param sealed for the browser to keep until the answer
     */
    public record Started(URI address, String state, String sealed) {

        @Override
        public String toString() {
            return "Started";
        }
    }

    /**
     * What the browser brings back from the issuer.
     *
     * @param error why the issuer did not let the person sign in
     * @param issuer who answers (RFC 9207), if the issuer says so
     * @param sealed what {@link Started} gave this browser for this state
     * @param remoteAddress the client's, after trusted proxies
     */
    public record Returned(
            String state,
            Optional<String> code,
            Optional<String> error,
            Optional<String> issuer,
            Optional<String> sealed,
            String remoteAddress) {

        @Override
        public String toString() {
            return "Returned";
        }
    }

    /** Proof that a person may sign in, with what their sign-in has to remember. */
    public record Admitted(SignInRight access, LinkedIdentity identity, Remembered remembered) {}

    /** Opaque to others. */
    public static final class Remembered {

        private final Answer answer;

        private Remembered(Answer answer) {
            this.answer = answer;
        }
    }

    public boolean isAvailable() {
        return settings.oidc().isPresent();
    }

    /** Name of the issuer on pages; empty for a text in the reader's language. */
    public Optional<String> name() {
        return settings.oidc().flatMap(Settings.Oidc::button);
    }

    /** Origins of the issuer that a browser may be sent to after a form; never asks the issuer. */
    public List<String> sites() {
        return Stream.concat(
                        settings.oidc().map(Settings.Oidc::issuer).stream(),
                        discovery.known().stream()
                                .flatMap(known ->
                                        Stream.concat(Stream.of(known.authorization()), known.endSession().stream())))
                .map(address -> address.getScheme() + "://" + address.getRawAuthority())
                .distinct()
                .toList();
    }

    /**
     * @throws SingleSignOnRefused if the issuer does not answer
     */
    public Started start(HttpServletRequest request) {
        var started = issuer.request(request);
        return new Started(
                URI.create(started.getAuthorizationRequestUri()),
                Objects.requireNonNull(started.getState()),
                requests.sealed(started));
    }

    /**
     * Checks what a browser brings back.
     *
     * @throws SingleSignOnRefused saying why the person may not sign in
     * @throws TooMany when the network address has used up its tries
     */
    public Admitted finish(Returned returned) {
        var request = requests.take(returned.sealed(), returned.state());
        accounts.takeTry(returned.remoteAddress());
        try {
            var admitted = admitted(returned, request);
            accounts.giveBackTry(returned.remoteAddress());
            return admitted;
        } catch (SingleSignOnRefused refused) {
            if (refused.why() == SingleSignOnFailure.UNREACHABLE) {
                accounts.giveBackTry(returned.remoteAddress());
            }
            throw refused;
        }
    }

    private Admitted admitted(Returned returned, OAuth2AuthorizationRequest request) {
        returned.error().ifPresent(error -> {
            throw declined(error);
        });
        if (returned.issuer()
                .filter(name -> !name.equals(discovery.issuer().name()))
                .isPresent()) {
            throw new SingleSignOnRefused(SingleSignOnFailure.NOT_TRUSTED, "another issuer answered");
        }
        var code = returned.code()
                .orElseThrow(() -> new SingleSignOnRefused(SingleSignOnFailure.NOT_TRUSTED, "the code is missing"));
        var answer = issuer.exchange(request, code);
        return switch (accounts.admit(answer.person())) {
            case Admission.Admitted(var access, var identity, var _) ->
                new Admitted(access, identity, new Remembered(answer));
            case Admission.Refused(var why) -> throw new SingleSignOnRefused(why, "after the issuer's answer");
        };
    }

    /** Remembers that a session, which has just begun, came from the issuer. */
    public void remember(Admitted admitted, String session) {
        signIns.begin(session, admitted.identity(), admitted.remembered().answer);
    }

    /**
     * Returns where a browser signs out at the issuer too; empty if its sign-in did not come from there, or the issuer
     * does not answer or offers no sign-out. Call before the session ends.
     */
    public Optional<URI> signOutAddress(String session) {
        return isAvailable() ? signIns.idToken(session).flatMap(this::signOutWith) : Optional.empty();
    }

    private Optional<URI> signOutWith(String idToken) {
        try {
            var known = discovery.issuer();
            return known.endSession()
                    .map(end -> UriComponentsBuilder.fromUri(end)
                            .queryParam("id_token_hint", "{hint}")
                            .queryParam("client_id", "{client}")
                            .queryParam("post_logout_redirect_uri", "{back}")
                            .encode()
                            .build(idToken, known.clientId(), signInPage()));
        } catch (SingleSignOnRefused refused) {
            log(refused);
            return Optional.empty();
        }
    }

    private String signInPage() {
        return settings.publicUrl().orElseThrow().toString().replaceFirst("/+$", "") + "/sign-in";
    }

    /** Logs a refusal, with ids at most. */
    public static void log(SingleSignOnRefused refused) {
        log.info("Single sign-on refused, {}", refused.getMessage());
    }

    private static SingleSignOnRefused declined(String error) {
        return switch (error) {
            case "temporarily_unavailable", "server_error" ->
                new SingleSignOnRefused(SingleSignOnFailure.UNREACHABLE, error);
            case "invalid_scope", "unauthorized_client", "invalid_request", "unsupported_response_type" ->
                new SingleSignOnRefused(SingleSignOnFailure.MISCONFIGURED, error);
            case "access_denied", "login_required", "consent_required", "interaction_required" ->
                new SingleSignOnRefused(SingleSignOnFailure.DECLINED, error);
            default -> new SingleSignOnRefused(SingleSignOnFailure.DECLINED, "another error");
        };
    }
}
