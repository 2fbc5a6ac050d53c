package express.polaris.accounts.oidc;

import static express.polaris.accounts.oidc.IssuerTestKit.signIn;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Browser;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import express.polaris.testing.StubIssuer;
import express.polaris.testing.StubIssuer.Person;
import java.time.Duration;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The issuer signs people out here by a call of its own, which proves itself by its signature. */
@ApplicationTest
class BackChannelLogoutTest {

    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
    private static final StubIssuer ISSUER = new StubIssuer();

    private final Portal portal;
    private final JdbcClient jdbc;
    private final MutableClock clock;

    BackChannelLogoutTest(Portal portal, JdbcClient jdbc, MutableClock clock) {
        this.portal = portal;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @DynamicPropertySource
    static void issuer(DynamicPropertyRegistry registry) {
        registry.add("polaris.oidc.issuer", ISSUER::url);
        registry.add("polaris.oidc.client-id", () -> StubIssuer.CLIENT);
        registry.add("polaris.oidc.client-secret", () -> StubIssuer.SECRET);
        registry.add("polaris.oidc.operator-groups", () -> "admins");
    }

    @BeforeEach
    void quietIssuer() {
        ISSUER.reset(clock);
    }

    @Test
    void aLogoutEndsTheSignInAndItsStream() {
        var person = Person.of(portal.driver().email());
        var browser = signedIn(person);
        var stream = browser.stream("/api/v1/stream", Map.of());
        assertThat(send(ISSUER.logoutToken(person, claims -> {}))).isEqualTo(200);
        assertThat(browser.get("/api/v1/me").statusCode()).isEqualTo(401);
        stream.awaitEnd();
    }

    @Test
    void aLogoutOfOneSessionLeavesTheOthers() {
        var person = Person.of(portal.driver().email());
        var here = signedIn(person);
        var elsewhere = new Person(
                person.subject(),
                person.email(),
                true,
                person.name(),
                person.groups(),
                UUID.randomUUID().toString());
        var there = signedIn(elsewhere);
        assertThat(send(ISSUER.logoutToken(person, claims -> claims.subject(null))))
                .isEqualTo(200);
        assertThat(here.get("/api/v1/me").statusCode()).isEqualTo(401);
        assertThat(there.get("/api/v1/me").statusCode()).isEqualTo(200);
        assertThat(send(ISSUER.logoutToken(person, claims -> claims.claim("sid", null))))
                .isEqualTo(200);
        assertThat(there.get("/api/v1/me").statusCode()).isEqualTo(401);
    }

    @Test
    void aSignInByPasswordIsNotTheIssuersToEnd() {
        var driver = portal.driver();
        var person = Person.of(driver.email());
        signedIn(person);
        var byPassword = portal.signedIn(driver);
        assertThat(send(ISSUER.logoutToken(person, claims -> {}))).isEqualTo(200);
        assertThat(byPassword.get("/api/v1/me").statusCode()).isEqualTo(200);
    }

    @Test
    void theRoleOfAGroupLapsesWithTheLastSignIn() {
        var driver = portal.driver();
        var person = Person.of(driver.email(), "admins");
        signedIn(person);
        var token = portal.withToken(driver);
        assertThat(token.get("/api/v1/me").body()).contains("\"role\":\"OPERATOR\"");
        send(ISSUER.logoutToken(person, claims -> {}));
        assertThat(token.get("/api/v1/me").body()).contains("\"role\":\"DRIVER\"");
    }

    @Test
    void aTokenWorksOnce() {
        var token = ISSUER.logoutToken(Person.of(portal.driver().email()), claims -> {});
        assertThat(send(token)).isEqualTo(200);
        assertThat(send(token)).isEqualTo(400);
    }

    @Test
    void aTokenMayBeSentAgainIfTheSignInCouldNotBeEnded() {
        var person = Person.of(portal.driver().email());
        var browser = signedIn(person);
        var token = ISSUER.logoutToken(person, claims -> {});
        jdbc.sql("""
            create function refuse() returns trigger language plpgsql as $$ begin raise 'not now'; end $$;
            create trigger refuse before delete on spring_session for each statement execute function refuse()
            """).update();
        assertThat(send(token)).isEqualTo(500);
        jdbc.sql("drop function refuse cascade").update();
        assertThat(browser.get("/api/v1/me").statusCode()).isEqualTo(200);
        assertThat(send(token)).isEqualTo(200);
        assertThat(browser.get("/api/v1/me").statusCode()).isEqualTo(401);
    }

    static Stream<Arguments> lies() {
        return Stream.of(
                lie("of another issuer", claims -> claims.issuer("https://evil.example")),
                lie("for another client", claims -> claims.audience("another client")),
                lie("without the event", claims -> claims.claim("events", Map.of())),
                lie("about another event", claims -> claims.claim("events", Map.of(EVENT + "x", Map.of()))),
                lie("with a nonce, as a sign-in", claims -> claims.claim("nonce", "x")),
                lie("without an id", claims -> claims.jwtID(null)),
                lie("of an hour ago", claims -> claims.issueTime(new Date(0))),
                lie("without a time", claims -> claims.issueTime(null)),
                lie("expired", claims -> claims.expirationTime(new Date(0))),
                lie("about nobody", claims -> claims.subject(null).claim("sid", null)));
    }

    private static Arguments lie(String what, Consumer<JWTClaimsSet.Builder> lie) {
        return Arguments.of(what, lie);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lies")
    void aTokenThatIsNotValidEndsNothing(String what, Consumer<JWTClaimsSet.Builder> lie) {
        var person = Person.of(portal.driver().email());
        var browser = signedIn(person);
        assertThat(send(ISSUER.logoutToken(person, lie))).as(what).isEqualTo(400);
        assertThat(browser.get("/api/v1/me").statusCode()).isEqualTo(200);
    }

    @Test
    void refusedTokensAreLimitedByNetworkAndPeopleStillSignIn() {
        var person = Person.of(portal.driver().email());
        for (int i = 0; i < 6; i++) {
            assertThat(send(ISSUER.logoutToken(person, claims -> {}))).isEqualTo(200);
        }
        for (int i = 0; i < 5; i++) {
            assertThat(send("nonsense")).isEqualTo(400);
        }
        assertThat(send("nonsense")).isEqualTo(429);
        assertThat(send(ISSUER.logoutToken(person, claims -> {}))).isEqualTo(429);
        assertThat(signedIn(person).get("/api/v1/me").statusCode()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(1));
        assertThat(send(ISSUER.logoutToken(person, claims -> {}))).isEqualTo(200);
    }

    @Test
    void aTokenWithAnotherKeysSignatureEndsNothing() {
        var person = Person.of(portal.driver().email());
        var browser = signedIn(person);
        ISSUER.signWithAnotherKey();
        assertThat(send(ISSUER.logoutToken(person, claims -> {}))).isEqualTo(400);
        assertThat(send("nonsense")).isEqualTo(400);
        assertThat(browser.get("/api/v1/me").statusCode()).isEqualTo(200);
    }

    private Browser signedIn(Person person) {
        ISSUER.person(person);
        var browser = portal.browser();
        assertThat(signIn(browser).statusCode()).isEqualTo(303);
        return browser;
    }

    private int send(String logoutToken) {
        return portal.browser()
                .withoutCsrf()
                .post("/sign-in/oidc/logout", Map.of("logout_token", logoutToken))
                .statusCode();
    }
}
