package express.polaris.portal.account;

import express.polaris.accounts.ApiTokenService;
import express.polaris.accounts.LinkedIdentities;
import express.polaris.accounts.PasskeyService;
import express.polaris.accounts.PasskeySite;
import express.polaris.accounts.SignedIn;
import express.polaris.accounts.access.DeviceService;
import express.polaris.accounts.access.PasskeySiteResolver;
import express.polaris.accounts.oidc.SingleSignOn;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Reads the ways to sign in to the viewer's account, and whether the viewer signed in recently. */
@Component
class AccessReader {

    private static final Duration FRESH = Duration.ofMinutes(10);

    private final ApiTokenService tokens;
    private final DeviceService devices;
    private final PasskeyService passkeys;
    private final PasskeySiteResolver passkeySites;
    private final LinkedIdentities identities;
    private final SingleSignOn singleSignOn;
    private final Clock clock;

    AccessReader(
            ApiTokenService tokens,
            DeviceService devices,
            PasskeyService passkeys,
            PasskeySiteResolver passkeySites,
            LinkedIdentities identities,
            SingleSignOn singleSignOn,
            Clock clock) {
        this.tokens = tokens;
        this.devices = devices;
        this.passkeys = passkeys;
        this.passkeySites = passkeySites;
        this.identities = identities;
        this.singleSignOn = singleSignOn;
        this.clock = clock;
    }

    /**
     * @param issued token that was just created
     */
    AccountPage.Access of(SignedIn who, HttpServletRequest request, Optional<String> issued) {
        var account = who.account().id();
        return new AccountPage.Access(
                devices.of(who),
                passkeys.list(account),
                passkeySites.of(request).map(PasskeySite::origin),
                tokens.list(account),
                identities.of(account).stream()
                        .map(identity -> new AccountPage.Linked(
                                singleSignOn.name(), identity.linkedAt(), identity.confirmedAt()))
                        .findFirst(),
                issued,
                isFresh(request));
    }

    /** Whether the viewer signed in within the last ten minutes. */
    boolean isFresh(HttpServletRequest request) {
        var session = request.getSession(false);
        return session != null
                && Duration.between(Instant.ofEpochMilli(session.getCreationTime()), clock.instant())
                                .compareTo(FRESH)
                        < 0;
    }
}
