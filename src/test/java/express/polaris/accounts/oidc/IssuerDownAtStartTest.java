package express.polaris.accounts.oidc;

import static express.polaris.accounts.oidc.IssuerTestKit.assertRefused;
import static express.polaris.accounts.oidc.IssuerTestKit.location;
import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.testing.ApplicationTest;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import express.polaris.testing.StubIssuer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** An issuer that is down when the portal starts. The only test of its portal, which must not have read the issuer before. */
@ApplicationTest
class IssuerDownAtStartTest {

    private static final StubIssuer ISSUER = new StubIssuer();

    static {
        ISSUER.down(true);
    }

    private final Portal portal;
    private final MutableClock clock;

    IssuerDownAtStartTest(Portal portal, MutableClock clock) {
        this.portal = portal;
        this.clock = clock;
    }

    @DynamicPropertySource
    static void issuer(DynamicPropertyRegistry registry) {
        registry.add("polaris.oidc.issuer", () -> ISSUER.url() + "/");
        registry.add("polaris.oidc.client-id", () -> StubIssuer.CLIENT);
        registry.add("polaris.oidc.client-secret", () -> StubIssuer.SECRET);
    }

    @BeforeEach
    void quietIssuer() {
        ISSUER.reset(clock);
    }

    @Test
    void anIssuerThatIsDownStopsNeitherThePortalNorALocalOperatorAndIsAskedAgainAfterTenSeconds() {
        ISSUER.down(true);
        assertRefused(portal.browser().get("/sign-in/oidc"), 503, "Single sign-on does not answer");
        var password = portal.browser()
                .post("/sign-in", Map.of("email", portal.operator().email(), "password", Portal.PASSWORD));
        assertThat(location(password)).isEqualTo("/operator");
        ISSUER.down(false);
        assertRefused(portal.browser().get("/sign-in/oidc"), 503, "Single sign-on does not answer");
        clock.advance(Duration.ofSeconds(10));
        assertThat(location(portal.browser().get("/sign-in/oidc"))).startsWith(ISSUER.url() + "/authorize?");
    }
}
