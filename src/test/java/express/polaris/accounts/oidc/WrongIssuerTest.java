package express.polaris.accounts.oidc;

import static express.polaris.accounts.oidc.IssuerTestKit.assertRefused;
import static express.polaris.accounts.oidc.IssuerTestKit.signIn;

import express.polaris.testing.ApplicationTest;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import express.polaris.testing.StubIssuer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** An issuer that does not know the portal's secret. */
@ApplicationTest
class WrongIssuerTest {

    private static final StubIssuer ISSUER = new StubIssuer();

    private final Portal portal;
    private final MutableClock clock;

    WrongIssuerTest(Portal portal, MutableClock clock) {
        this.portal = portal;
        this.clock = clock;
    }

    @DynamicPropertySource
    static void issuer(DynamicPropertyRegistry registry) {
        registry.add("polaris.oidc.issuer", () -> ISSUER.url() + "/");
        registry.add("polaris.oidc.client-id", () -> StubIssuer.CLIENT);
        registry.add("polaris.oidc.client-secret", () -> "not " + StubIssuer.SECRET);
    }

    @BeforeEach
    void quietIssuer() {
        ISSUER.reset(clock);
    }

    @Test
    void aSecretThatTheIssuerDoesNotKnowIsCalledAMistakeOfTheInstallation() {
        assertRefused(signIn(portal.browser()), 502, "Single sign-on does not accept this portal");
    }
}
