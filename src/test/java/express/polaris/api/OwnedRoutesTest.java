package express.polaris.api;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.Account;
import express.polaris.stations.cards.CardLinkService;
import express.polaris.stations.cards.IdTag;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.BillingData;
import express.polaris.testing.BillingData.Reading;
import express.polaris.testing.Browser;
import express.polaris.testing.HomeCharging;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Walks every route with an id in its path, using the id of another driver's resource. A new route is walked
 * automatically and fails until this class names its owner.
 */
@ApplicationTest
class OwnedRoutesTest {

    /**
     * Routes whose resources have no owner, or that are opened by a secret instead of an id. Operators' calls have
     * their own test.
     */
    private static final List<String> NOBODYS = List.of(
            "/chargers/{",
            "/api/v1/chargers/{",
            "/statements/years/{",
            "/api/v1/statements/years/{",
            "/sign-in/link/{secret}",
            "/sign-in/password/{secret}",
            "/sign-in/invitation/{secret}",
            "/sign-in/reset/{secret}",
            "/api/v1/operator/",
            "/operator/");

    private static final Map<String, String> FORM = Map.of("label", "Mine now", "colour", "red", "text", "Hello");
    private static final Pattern OTHER_DEVICE = Pattern.compile("/account/devices/([^/\"]{8,})/sign-out");
    private static final Set<String> DIFFER_BY_NATURE = Set.of("date", "x-request-id");

    private final Portal portal;
    private final MutableClock clock;
    private final JdbcClient jdbc;
    private final CardLinkService links;
    private final BillingData data;
    private final HomeCharging home;
    private final RequestMappingHandlerMapping mappings;
    private Account ada;
    private Browser adasPage;
    private Browser adasScript;
    private Map<String, Thing> things;

    OwnedRoutesTest(
            Portal portal,
            MutableClock clock,
            JdbcClient jdbc,
            CardLinkService links,
            ApplicationContext application,
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mappings) {
        this.portal = portal;
        this.clock = clock;
        this.jdbc = jdbc;
        this.links = links;
        this.data = new BillingData(application);
        this.home = new HomeCharging(application);
        this.mappings = mappings;
        this.ada = portal.driver();
        this.adasPage = portal.browser();
        this.adasScript = portal.browser();
        this.things = Map.of();
    }

    /** An id that belongs to Ada and an id that does not exist. */
    private record Thing(String adas, String nobodys) {}

    private record Route(String method, String path) {

        boolean isCall() {
            return path.startsWith("/api/");
        }

        String with(String id) {
            return path.replaceAll("\\{[^}]+}", id);
        }
    }

    private record Answer(int status, Map<String, List<String>> headers, String body) {}

    @BeforeEach
    void adaHasOneOfEverything() {
        clock.set(Instant.parse("2026-03-31T22:00:00Z"));
        ada = portal.driver();
        jdbc.sql("""
            insert into billing_addresses (driver_id, kind, name, street, postcode, city, country, updated_at)
            values (?, 'person', 'Ada', 'Ulmenweg 3', '50668', 'Köln', 'DE', now())
            """).param(ada.id().value()).update();
        data.subscribe(ada, "2026-03-31T22:00:00Z");
        long session = data.charged(ada.id(), new Reading("2026-04-20T12:00:00Z", "4"));
        clock.set(Instant.parse("2026-06-01T12:00:00Z"));
        data.allIsReadAt("2026-06-01T12:00:00Z");
        portal.withToken(portal.operator()).call("POST", "/api/v1/operator/invoices/run", "");
        home.atHome(ada, Optional.empty());
        home.run();
        var linked = links.link(new IdTag("OWNED" + session), ada.id(), Optional.empty(), Optional.of(clock.instant()));
        long card = linked.card().id().value();
        jdbc.sql("update transaction_sync_state set ev_card_id = ? where steve_transaction_id = ?")
                .params(card, session)
                .update();
        adasPage = portal.signedIn(ada);
        adasScript = portal.withToken(ada);
        things = Map.of(
                "sessions", new Thing(Long.toString(session), "987654321"),
                "cards", new Thing(Long.toString(card), "987654321"),
                "invoices", new Thing(text("select number from invoices where driver_id = ? limit 1"), "2026-987654"),
                "statements",
                        new Thing(text("select number from statements where driver_id = ? limit 1"), "S2026-987654"),
                "starts", new Thing(started(card), UUID.randomUUID().toString()),
                "tokens", new Thing(text("select id from api_tokens where account_id = ?"), "987654321"),
                "passkeys", new Thing(passkey(), "987654321"),
                "devices", new Thing(otherDevice(), "AAAAAAAAAAAAAAAAAAAAAA"));
    }

    private String text(String sql) {
        return jdbc.sql(sql)
                .param(ada.id().value())
                .query((row, number) -> Objects.requireNonNull(row.getString(1)))
                .list()
                .getFirst();
    }

    private String passkey() {
        return jdbc.sql("""
            with owner as (insert into passkey_owners (account_id, handle) values (:ada, sha256(:random))
                           returning account_id)
            insert into passkeys (account_id, name, credential_id, credential, sign_count, backup_eligible, backed_up,
                                  created_at)
            select account_id, 'Phone', sha256(:random), '', 0, false, false, now() from owner
            returning id::text
            """)
                .param("ada", ada.id().value())
                .param("random", UUID.randomUUID().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .query(String.class)
                .single();
    }

    private String otherDevice() {
        portal.signedIn(ada).get("/");
        var device = OTHER_DEVICE.matcher(adasPage.get("/account").body());
        assertThat(device.find()).as("the account names her other device").isTrue();
        return Objects.requireNonNull(device.group(1));
    }

    private String started(long card) {
        var id = UUID.randomUUID();
        jdbc.sql("""
            insert into start_requests (id, driver_id, charge_box, ev_card_id, requested_at, answer)
            values (?, ?, 'BOX', ?, ?::timestamptz, 'REJECTED')
            """)
                .params(id, ada.id().value(), card, clock.instant().toString())
                .update();
        return id.toString();
    }

    private List<Route> routes() {
        var routes = new ArrayList<Route>();
        mappings.getHandlerMethods()
                .keySet()
                .forEach(mapping -> mapping.getPatternValues().stream()
                        .filter(path -> path.contains("{"))
                        .filter(path -> NOBODYS.stream().noneMatch(path::startsWith))
                        .forEach(path -> {
                            var methods = mapping.getMethodsCondition().getMethods();
                            assertThat(methods)
                                    .as("%s answers every method: this walk cannot walk it", path)
                                    .isNotEmpty();
                            methods.forEach(method -> routes.add(new Route(method.name(), path)));
                        }));
        assertThat(routes)
                .contains(
                        new Route("GET", "/sessions/{id}"),
                        new Route("POST", "/api/v1/sessions/{id}/stop"),
                        new Route("POST", "/cards/{id}/lost"));
        return routes;
    }

    private Thing thingOf(Route route) {
        var kinds = things.keySet().stream()
                .filter(kind -> route.path().contains("/" + kind + "/{"))
                .toList();
        assertThat(kinds)
                .as("whose is what %s names? Say so in this test", route)
                .hasSize(1);
        return Objects.requireNonNull(things.get(kinds.getFirst()));
    }

    private static Answer ask(Browser browser, Route route, String id) {
        var path = route.with(id);
        HttpResponse<String> answer;
        if (path.endsWith("/stream")) {
            answer = browser.beginning(path);
        } else if (route.method().equals("GET")) {
            answer = browser.get(path);
        } else if (route.isCall()) {
            answer = browser.call(route.method(), path, route.method().equals("PATCH") ? "{\"label\":\"Mine\"}" : "");
        } else {
            answer = browser.post(path, FORM);
        }
        var headers = new TreeMap<>(answer.headers().map());
        headers.keySet().removeIf(name -> DIFFER_BY_NATURE.contains(name.toLowerCase(Locale.ROOT)));
        return new Answer(answer.statusCode(), headers, answer.body());
    }

    private Browser adas(Route route) {
        return route.isCall() ? adasScript : adasPage;
    }

    @Test
    void adasThingsAreNotFoundForBen() {
        var ben = portal.driver();
        for (var route : routes()) {
            var thing = thingOf(route);
            var browser = route.isCall() ? portal.withToken(ben) : portal.signedIn(ben);
            var foreign = ask(browser, route, thing.adas());
            assertThat(foreign).as(route.toString()).isEqualTo(ask(browser, route, thing.nobodys()));
            assertThat(foreign.status()).as(route.toString()).isEqualTo(404);
        }
        assertThat(adasPage.get("/").statusCode())
                .as("her device is still signed in")
                .isEqualTo(200);
        assertThat(adasScript.get("/api/v1/me").statusCode())
                .as("her token still holds")
                .isEqualTo(200);
        assertThat(adasPage.get("/account").body()).as("her passkey is there").contains("Remove Phone");
        assertThat(adasScript.get("/api/v1/cards").body())
                .as("her card is as it was")
                .contains("\"state\":\"active\"")
                .doesNotContain("Mine");
    }

    /** Fails if the owner cannot use an id of this walk, which would make the walk meaningless. */
    @Test
    void adaCanReadHerThings() {
        for (var route : routes()) {
            if (route.method().equals("GET")) {
                assertThat(ask(adas(route), route, thingOf(route).adas()).status())
                        .as(route.toString())
                        .isEqualTo(200);
            }
        }
    }

    /** Fails if a write is refused even to the owner, so that its refusal to Ben proves nothing. */
    @Test
    void adaCanChangeHerThings() {
        for (var route : routes()) {
            if (!route.method().equals("GET")) {
                adaHasOneOfEverything();
                assertThat(ask(adas(route), route, thingOf(route).adas()).status())
                        .as(route.toString())
                        .isNotIn(400, 401, 403, 404, 405, 500);
            }
        }
    }

    @Test
    void anAnonymousCallerLearnsNothing() {
        for (var route : routes()) {
            var thing = thingOf(route);
            var known = ask(portal.browser(), route, thing.adas());
            var unknown = ask(portal.browser(), route, thing.nobodys());
            assertThat(known.status()).as(route.toString()).isEqualTo(route.isCall() ? 401 : 303);
            assertThat(unknown.status()).as(route.toString()).isEqualTo(known.status());
            assertThat(unknown.body()).as(route.toString()).isEqualTo(known.body());
        }
    }

    @Test
    void aDisabledDriverIsSignedOut() {
        portal.withToken(portal.operator())
                .call("PATCH", "/api/v1/operator/drivers/" + ada.id(), "{\"disabled\":true}");
        for (var route : routes()) {
            assertThat(ask(adas(route), route, thingOf(route).adas()).status())
                    .as(route.toString())
                    .isEqualTo(route.isCall() ? 401 : 303);
        }
    }
}
