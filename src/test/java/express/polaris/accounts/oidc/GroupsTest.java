package express.polaris.accounts.oidc;

import static express.polaris.accounts.oidc.IssuerTestKit.assertRefused;
import static express.polaris.accounts.oidc.IssuerTestKit.location;
import static express.polaris.accounts.oidc.IssuerTestKit.signIn;
import static express.polaris.accounts.oidc.IssuerTestKit.visit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import express.polaris.accounts.AccountService;
import express.polaris.accounts.Role;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Browser;
import express.polaris.testing.EventReader;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import express.polaris.testing.StubIssuer;
import express.polaris.testing.StubIssuer.Person;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

/** Groups of the issuer decide who may sign in and who is an operator, and a sign-in holds an hour without its word. */
@ApplicationTest
class GroupsTest {

    private static final String ADMINS = "charging-admins";
    private static final String STAFF = "staff";
    private static final StubIssuer ISSUER = new StubIssuer();

    private final Portal portal;
    private final AccountService accounts;
    private final OidcSignInRepository repository;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final MutableClock clock;

    GroupsTest(
            Portal portal,
            AccountService accounts,
            OidcSignInRepository repository,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            MutableClock clock) {
        this.portal = portal;
        this.accounts = accounts;
        this.repository = repository;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    @DynamicPropertySource
    static void issuer(DynamicPropertyRegistry registry) {
        registry.add("polaris.oidc.issuer", ISSUER::url);
        registry.add("polaris.oidc.client-id", () -> StubIssuer.CLIENT);
        registry.add("polaris.oidc.client-secret", () -> StubIssuer.SECRET);
        registry.add("polaris.oidc.operator-groups", () -> ADMINS);
        registry.add("polaris.oidc.allowed-groups", () -> STAFF + ", guests");
        registry.add("polaris.oidc.self-provisioning", () -> "true");
    }

    @BeforeEach
    void quietIssuer() {
        ISSUER.reset(clock);
    }

    @Test
    void whoeverIsInNoAllowedGroupIsRefused() {
        ISSUER.person(Person.of(portal.driver().email(), "others"));
        assertRefused(signIn(portal.browser()), 403, "You are in none of the groups");
    }

    @Test
    void aMemberWithoutAnAccountGetsOne() {
        var email = UUID.randomUUID() + "@people.example";
        ISSUER.person(Person.of(email, STAFF));
        var browser = portal.browser();
        signIn(browser);
        assertThat(browser.get("/api/v1/me").body()).contains("\"role\":\"DRIVER\"", email);
        assertThat(accounts.findByEmail(email).orElseThrow().name()).isEqualTo("Person of the issuer");
    }

    @Test
    void aMemberWhoseAccountIsJustBeingCreatedGetsThatOne() {
        var email = UUID.randomUUID() + "@people.example";
        ISSUER.person(Person.of(email, STAFF));
        var browser = portal.browser();
        var callback = visit(browser, location(browser.get("/sign-in/oidc")));
        var answer = transaction.execute(status -> {
            jdbc.sql("""
                insert into accounts (email, name, role, locale, time_zone, created_at)
                values (:email, 'first', 'DRIVER', 'en', 'UTC', now())
                """).param("email", email).update();
            var asked =
                    CompletableFuture.supplyAsync(() -> browser.get(callback).statusCode());
            await().until(() -> jdbc.sql("select exists (select from pg_locks where not granted)")
                    .query(Boolean.class)
                    .single());
            return asked;
        });
        assertThat(answer).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(303);
        assertThat(browser.get("/api/v1/me").body()).contains("\"name\":\"first\"", email);
    }

    @Test
    void nobodyGetsAnAccountForAnUnverifiedAddress() {
        var email = UUID.randomUUID() + "@people.example";
        ISSUER.person(Person.of(email, STAFF).unverified());
        assertRefused(signIn(portal.browser()), 403, "has not verified your e-mail address");
        assertThat(accounts.findByEmail(email)).isEmpty();
    }

    @Test
    void membersOfAnOperatorsGroupAreOperators() {
        var browser = signedIn(Person.of(portal.driver().email(), ADMINS));
        assertThat(roleIn(browser)).isEqualTo("OPERATOR");
        assertThat(browser.get("/operator").statusCode()).isEqualTo(200);
    }

    @Test
    void whoeverHasLostTheGroupIsADriverAtTheNextSignInAndSignedOutElsewhere() {
        var person = Person.of(portal.driver().email(), ADMINS);
        var before = signedIn(person);
        var token = tokenOf(before);
        var after = signedIn(person.with(STAFF));
        assertThat(roleIn(after)).isEqualTo("DRIVER");
        assertThat(before.get("/api/v1/me").statusCode()).isEqualTo(401);
        assertThat(roleIn(token)).isEmpty();
    }

    @Test
    void whoeverIsInNoAllowedGroupAnyMoreIsSignedOutEverywhere() {
        var person = Person.of(portal.driver().email(), STAFF);
        var before = signedIn(person);
        ISSUER.person(person.with());
        assertRefused(signIn(portal.browser()), 403, "You are in none of the groups");
        assertThat(before.get("/api/v1/me").statusCode()).isEqualTo(401);
    }

    @Test
    void aRoleThatWasGivenInThePortalDoesNotNeedAGroup() {
        var operator = portal.operator();
        assertThat(roleIn(signedIn(Person.of(operator.email(), STAFF)))).isEqualTo("OPERATOR");
        clock.advance(Duration.ofHours(3));
        assertThat(roleIn(portal.signedIn(operator))).isEqualTo("OPERATOR");
    }

    @Test
    void aRoleThatIsGivenInThePortalStaysWhenTheGroupIsLost() {
        var driver = portal.driver();
        var person = Person.of(driver.email(), ADMINS);
        signedIn(person);
        accounts.changeRole(Optional.empty(), driver.id(), Role.DRIVER);
        accounts.changeRole(Optional.empty(), driver.id(), Role.OPERATOR);
        assertThat(roleIn(signedIn(person.with(STAFF)))).isEqualTo("OPERATOR");
    }

    @Test
    void aRefreshConfirmsTheSignInBeforeTheHourIsOver() {
        var person = Person.of(portal.driver().email(), ADMINS);
        var browser = signedIn(person);
        for (int i = 1; i <= 4; i++) {
            clock.advance(Duration.ofMinutes(51));
            assertThat(roleIn(browser)).isEqualTo("OPERATOR");
            assertThat(ISSUER.refreshes()).isEqualTo(i);
        }
        assertThat(roleIn(browser)).isEqualTo("OPERATOR");
        assertThat(ISSUER.refreshes()).isEqualTo(4);
    }

    @Test
    void activePeopleStaySignedInThoughRefreshTokensLiveForHalfAnHour() {
        ISSUER.refreshTokensLive(Duration.ofMinutes(30));
        var browser = signedIn(Person.of(portal.driver().email(), ADMINS));
        for (int i = 1; i <= 12; i++) {
            clock.advance(Duration.ofMinutes(10));
            assertThat(roleIn(browser)).isEqualTo("OPERATOR");
        }
        assertThat(ISSUER.refreshes()).isEqualTo(6);
        clock.advance(Duration.ofMinutes(30));
        assertThat(location(browser.get("/operator"))).isEqualTo("/sign-in/oidc");
    }

    @Test
    void manyRequestsAtOnceUseTheRefreshTokenOnce() throws Exception {
        var browser = signedIn(Person.of(portal.driver().email(), STAFF));
        clock.advance(Duration.ofHours(2));
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = clients.invokeAll(Collections.<Callable<Integer>>nCopies(
                    8, () -> browser.get("/api/v1/me").statusCode()));
            for (var status : asked) {
                assertThat(status.get()).isEqualTo(200);
            }
        }
        assertThat(ISSUER.refreshes()).isEqualTo(1);
    }

    @Test
    void aNodeThatHasReadTheSignInBeforeAnotherHadItConfirmedDoesNotAskAgain() {
        var browser = signedIn(Person.of(portal.driver().email(), STAFF));
        var session = jdbc.sql("select session_id from oidc_sign_ins order by confirmed_at desc limit 1")
                .query(String.class)
                .single();
        var before = repository.find(session).orElseThrow();
        clock.advance(Duration.ofMinutes(51));
        assertThat(browser.get("/api/v1/me").statusCode()).isEqualTo(200);
        var now = clock.instant();
        assertThat(repository.claim(before, now, now.plusSeconds(30))).isFalse();
        var after = repository.find(session).orElseThrow();
        assertThat(repository.claim(after, now, now.plusSeconds(30))).isTrue();
    }

    @Test
    void aRefreshConfirmsTheSignInOfSomebodyWhoComesBackLater() {
        var browser = signedIn(Person.of(portal.driver().email(), STAFF));
        clock.advance(Duration.ofHours(30));
        assertThat(browser.get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void aRefreshThatDoesNotNameTheGroupAnyMoreDemotesAndSignsOut() {
        var driver = portal.driver();
        var person = Person.of(driver.email(), ADMINS);
        var browser = signedIn(person);
        ISSUER.person(person.with(STAFF));
        clock.advance(Duration.ofMinutes(51));
        assertThat(location(browser.get("/operator"))).isEqualTo("/sign-in/oidc");
        assertThat(browser.get("/api/v1/me").statusCode()).isEqualTo(401);
        assertThat(accounts.find(driver.id()).orElseThrow().role()).isEqualTo(Role.DRIVER);
        assertThat(roleIn(signedIn(person.with(STAFF)))).isEqualTo("DRIVER");
    }

    @Test
    void aRefreshThatTheIssuerRefusesEndsTheSignIn() {
        var browser = signedIn(Person.of(portal.driver().email(), ADMINS));
        ISSUER.revoke();
        clock.advance(Duration.ofMinutes(51));
        assertThat(browser.get("/api/v1/operator/drivers").statusCode()).isEqualTo(401);
        assertThat(location(browser.get("/operator"))).isEqualTo("/sign-in");
    }

    @Test
    void aRefreshMayTakeClaimsFromTheUserInfo() {
        ISSUER.terse();
        var person = Person.of(portal.driver().email(), ADMINS);
        var browser = signedIn(person);
        clock.advance(Duration.ofMinutes(51));
        assertThat(roleIn(browser)).isEqualTo("OPERATOR");
        ISSUER.person(person.with(STAFF));
        clock.advance(Duration.ofMinutes(51));
        assertThat(browser.get("/api/v1/me").statusCode()).isEqualTo(401);
    }

    @Test
    void whileTheIssuerIsDownASignInHoldsUntilTheHourIsOver() {
        var browser = signedIn(Person.of(portal.driver().email(), ADMINS));
        ISSUER.down(true);
        clock.advance(Duration.ofMinutes(59));
        assertThat(roleIn(browser)).isEqualTo("OPERATOR");
        clock.advance(Duration.ofMinutes(1));
        var page = browser.get("/operator");
        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(page.body())
                .contains("Your sign-in has to be confirmed by Single sign-on once an hour", "name=\"password\"");
        assertThat(browser.get("/api/v1/me").statusCode()).isEqualTo(503);
        ISSUER.down(false);
        clock.advance(Duration.ofMinutes(1));
        assertThat(roleIn(browser)).isEqualTo("OPERATOR");
    }

    @Test
    void aLocalOperatorSignsInWhileTheIssuerIsDownAlsoInABrowserThatWaitsForIt() {
        var browser = signedIn(Person.of(portal.driver().email(), ADMINS));
        ISSUER.down(true);
        clock.advance(Duration.ofHours(2));
        assertThat(browser.get("/operator").statusCode()).isEqualTo(503);
        assertThat(browser.get("/sign-in").body()).contains("name=\"password\"");
        var operator = portal.operator();
        var response = browser.post("/sign-in", Map.of("email", operator.email(), "password", Portal.PASSWORD));
        assertThat(location(response)).isEqualTo("/operator");
        assertThat(browser.get("/operator").statusCode()).isEqualTo(200);
    }

    @Test
    void withoutARefreshTokenAPageGoesToTheIssuerAfterAnHourAndComesBack() {
        ISSUER.withoutRefreshTokens();
        var person = Person.of(portal.driver().email(), STAFF);
        var browser = signedIn(person);
        clock.advance(Duration.ofMinutes(59));
        assertThat(browser.get("/sessions").statusCode()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(1));
        assertThat(browser.get("/api/v1/me").statusCode()).isEqualTo(401);
        assertThat(location(browser.get("/sessions?all=true"))).isEqualTo("/sign-in/oidc");
        var back = browser.get(visit(browser, location(browser.get("/sign-in/oidc"))));
        assertThat(location(back)).isEqualTo("/sessions?all=true");
        assertThat(browser.get("/sessions").statusCode()).isEqualTo(200);
    }

    @Test
    void aStreamEndsWithTheHour() {
        ISSUER.withoutRefreshTokens();
        var browser = signedIn(Person.of(portal.driver().email(), STAFF));
        var stream = browser.stream("/api/v1/stream", Map.of());
        clock.advance(Duration.ofHours(1));
        stream.awaitEnd();
    }

    @Test
    void tokensAndPasswordsGiveADriversRightsOnceTheGroupIsUnconfirmed() {
        var driver = portal.driver();
        var token = tokenOf(signedIn(Person.of(driver.email(), ADMINS)));
        assertThat(roleIn(token)).isEqualTo("OPERATOR");
        clock.advance(Duration.ofHours(1));
        assertThat(roleIn(token)).isEqualTo("DRIVER");
        var browser = portal.browser();
        var response = browser.post("/sign-in", Map.of("email", driver.email(), "password", Portal.PASSWORD));
        assertThat(location(response)).isEqualTo("/");
        assertThat(roleIn(browser)).isEqualTo("DRIVER");
    }

    @Test
    void anOperatorsStreamEndsWhenTheGroupIsUnconfirmedHoweverTheySignedIn() {
        var driver = portal.driver();
        var token = tokenOf(signedIn(Person.of(driver.email(), ADMINS)));
        var password = portal.browser();
        password.post("/sign-in", Map.of("email", driver.email(), "password", Portal.PASSWORD));
        var streams = List.of(token.stream("/api/v1/stream", Map.of()), password.stream("/api/v1/stream", Map.of()));
        clock.advance(Duration.ofHours(1));
        streams.forEach(EventReader::awaitEnd);
        assertThat(roleIn(password)).isEqualTo("DRIVER");
    }

    @Test
    void anOperatorByGroupIsNotCountedAsTheLastOne() {
        signedIn(Person.of(portal.driver().email(), ADMINS));
        var others = jdbc.sql("""
            update accounts set disabled_at = now()
             where role = 'OPERATOR' and operator_until is null and disabled_at is null returning id
            """).query(Long.class).list();
        try {
            var last = portal.operator();
            var refused =
                    portal.signedIn(last).post("/operator/drivers/" + last.id() + "/role", Map.of("role", "DRIVER"));
            assertThat(refused.statusCode()).isEqualTo(409);
        } finally {
            jdbc.sql("update accounts set disabled_at = null where id = any(:ids)")
                    .param("ids", others.toArray(Long[]::new))
                    .update();
        }
    }

    private Browser signedIn(Person person) {
        ISSUER.person(person);
        var browser = portal.browser();
        assertThat(signIn(browser).statusCode()).isEqualTo(303);
        return browser;
    }

    /** A client with a token of the account that is signed in here. */
    private Browser tokenOf(Browser browser) {
        var me = browser.get("/api/v1/me").body();
        var email = me.replaceAll("(?s).*\"email\":\"([^\"]+)\".*", "$1");
        return portal.withToken(accounts.findByEmail(email).orElseThrow());
    }

    /** Empty for whoever is not signed in. */
    private static String roleIn(Browser browser) {
        var response = browser.get("/api/v1/me");
        return response.statusCode() == 200 ? response.body().replaceAll("(?s).*\"role\":\"([A-Z]+)\".*", "$1") : "";
    }
}
