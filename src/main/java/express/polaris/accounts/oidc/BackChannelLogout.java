package express.polaris.accounts.oidc;

import express.polaris.accounts.SingleSignOnAccounts;
import express.polaris.accounts.SingleSignOnFailure;
import express.polaris.accounts.oidc.IssuerDiscovery.Issuer;
import express.polaris.platform.refusals.TooMany;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.oidc.authentication.logout.LogoutTokenClaimNames;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Ends sign-ins when the issuer says so (OpenID Connect Back-Channel Logout 1.0, sections 2.4 to 2.8). Spring Security's own
 * support ends sessions that it keeps in memory; here the row in the database is the sign-in, on all nodes.
 */
@Service
public class BackChannelLogout {

    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

    /** Longest way of a token from the issuer to here. */
    private static final Duration FRESH = Duration.ofMinutes(5);

    private static final Duration SKEW = Duration.ofMinutes(1);

    private final IssuerDiscovery discovery;
    private final OidcSignInRepository repository;
    private final OidcSignIns signIns;
    private final SingleSignOnAccounts accounts;
    private final TransactionTemplate transaction;
    private final Clock clock;

    BackChannelLogout(
            IssuerDiscovery discovery,
            OidcSignInRepository repository,
            OidcSignIns signIns,
            SingleSignOnAccounts accounts,
            TransactionTemplate transaction,
            Clock clock) {
        this.discovery = discovery;
        this.repository = repository;
        this.signIns = signIns;
        this.accounts = accounts;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Ends the sign-ins that a logout token names; does nothing if there are none.
     *
     * @param remoteAddress the sender's, after trusted proxies
     * @throws SingleSignOnRefused if the token is not valid, was used before, or cannot be checked now
     * @throws TooMany when the network address has sent too many that were refused
     */
    public void receive(String logoutToken, String remoteAddress) {
        accounts.requireLogoutTries(remoteAddress);
        try {
            receive(logoutToken);
        } catch (SingleSignOnRefused refused) {
            if (refused.why() == SingleSignOnFailure.NOT_TRUSTED) {
                accounts.countRefusedLogout(remoteAddress);
            }
            throw refused;
        }
    }

    private void receive(String logoutToken) {
        var issuer = discovery.issuer();
        var token = decoded(issuer, logoutToken);
        var fault = faultOf(token, issuer);
        if (fault.isPresent()) {
            throw invalid(fault.get());
        }
        // together, so that the issuer can send the token again if ending fails
        transaction.executeWithoutResult(status -> {
            if (!repository.use(
                    "logout " + token.getId(), clock.instant().plus(FRESH).plus(SKEW))) {
                throw invalid("the token was used before");
            }
            var subject = Optional.ofNullable(token.getSubject());
            var session = Optional.ofNullable(token.getClaimAsString(LogoutTokenClaimNames.SID));
            signIns.end(repository.of(issuer.name(), subject, session));
        });
    }

    private static Jwt decoded(Issuer issuer, String logoutToken) {
        try {
            return issuer.logoutTokens().decode(logoutToken);
        } catch (BadJwtException e) {
            throw invalid(String.valueOf(e.getMessage()));
        } catch (JwtException e) {
            throw new SingleSignOnRefused(SingleSignOnFailure.UNREACHABLE, "the issuer's keys cannot be read");
        }
    }

    private Optional<String> faultOf(Jwt token, Issuer issuer) {
        if (!Objects.equals(token.getClaimAsString(LogoutTokenClaimNames.ISS), issuer.name())) {
            return Optional.of("it is of another issuer");
        }
        if (token.getAudience() == null || !token.getAudience().contains(issuer.clientId())) {
            return Optional.of("it is for another client");
        }
        if (!isFresh(token.getIssuedAt())) {
            return Optional.of("it is not of the last minutes");
        }
        if (!(token.getClaim(LogoutTokenClaimNames.EVENTS) instanceof Map<?, ?> events) || !events.containsKey(EVENT)) {
            return Optional.of("it is not about a logout");
        }
        if (token.hasClaim("nonce")) {
            return Optional.of("it has a nonce, as tokens of sign-ins do");
        }
        if (token.getId() == null) {
            return Optional.of("it has no id");
        }
        return token.getSubject() == null && !token.hasClaim(LogoutTokenClaimNames.SID)
                ? Optional.of("it names neither a person nor a session")
                : Optional.empty();
    }

    private boolean isFresh(@Nullable Instant issuedAt) {
        var now = clock.instant();
        return issuedAt != null && issuedAt.isAfter(now.minus(FRESH)) && issuedAt.isBefore(now.plus(SKEW));
    }

    private static SingleSignOnRefused invalid(String detail) {
        return new SingleSignOnRefused(SingleSignOnFailure.NOT_TRUSTED, "logout token: " + detail);
    }
}
