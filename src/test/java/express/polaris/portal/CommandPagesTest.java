package express.polaris.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import express.polaris.accounts.Account;
import express.polaris.demo.simulator.ChargeBoxBehaviour;
import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.stations.cards.CardLinkService;
import express.polaris.stations.cards.EvCard;
import express.polaris.sync.SyncEngine;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Browser;
import express.polaris.testing.Charging;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Start, stop and cards over HTTP: permissions, idempotence, and the answers to other drivers. */
@ApplicationTest
class CommandPagesTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Portal portal;
    private final Charging charging;
    private final SimulatedSteve steve;
    private final CardLinkService links;
    private final MutableClock clock;
    private final SyncEngine engine;

    CommandPagesTest(
            Portal portal,
            Charging charging,
            SimulatedSteve steve,
            CardLinkService links,
            MutableClock clock,
            SyncEngine engine) {
        this.portal = portal;
        this.charging = charging;
        this.steve = steve;
        this.links = links;
        this.clock = clock;
        this.engine = engine;
    }

    @Test
    void aFormSentTwiceStartsOneSession() {
        var driver = portal.driver();
        var card = charging.card(driver, "Blue fob");
        var box = knownCharger(driver, card);
        var browser = portal.signedIn(driver);
        var form = form(card);

        var first = browser.post("/chargers/" + box + "/start", form);
        var second = browser.post("/chargers/" + box + "/start", form);

        assertThat(first.statusCode()).isEqualTo(303);
        var start = location(first);
        assertThat(location(second)).isEqualTo(start).startsWith("/starts/");
        await().until(() -> activeAt(box) == 1);
        clock.advance(Duration.ofMinutes(5));
        assertThat(location(browser.post("/chargers/" + box + "/start", form))).isEqualTo(start);
        assertThat(browser.get(start + "/state?seen=sending").statusCode()).isEqualTo(200);
        long id = steve.world().highestId();
        charging.until(id, session -> session.isLive());
        assertThat(activeAt(box)).isEqualTo(1);
        var arrived = browser.get(start);
        assertThat(arrived.statusCode()).isEqualTo(303);
        assertThat(location(arrived)).isEqualTo("/sessions/" + id);
        assertThat(browser.get(start + "/state").headers().firstValue("HX-Redirect"))
                .contains("/sessions/" + id);

        var stranger = portal.signedIn(portal.driver());
        var nothing = stranger.get("/starts/abc");
        assertThat(nothing.statusCode()).isEqualTo(404);
        for (var path : List.of(start, start + "/state", "/starts/" + UUID.randomUUID(), "/chargers/nowhere")) {
            assertThat(stranger.get(path).statusCode()).as(path).isEqualTo(404);
            assertThat(stranger.get(path).body()).as(path).isEqualTo(nothing.body());
        }
    }

    @Test
    void theOutcomeIsShownAsText() {
        var driver = portal.driver();
        var card = charging.card(driver, "Blue fob");
        var box = knownCharger(driver, card);
        var browser = portal.signedIn(driver);
        steve.world().chargeBox(box).behaviour(ChargeBoxBehaviour.REJECTS);
        assertThat(outcome(browser, box, card)).contains("The charger refused");
        // A new form is a new attempt and is sent at once.
        steve.world().chargeBox(box).behaviour(ChargeBoxBehaviour.OFFLINE);
        assertThat(outcome(browser, box, card)).contains("The charger is offline");
        steve.world().chargeBox(box).behaviour(ChargeBoxBehaviour.SILENT);
        assertThat(outcome(browser, box, card)).contains("The charger did not answer");
        steve.world().chargeBox(box).behaviour(ChargeBoxBehaviour.ONLINE);
        engine.stop(); // The page would lead to the session as soon as it is known.
        try {
            assertThat(outcome(browser, box, card)).contains("Charger ready");
        } finally {
            engine.start();
        }
    }

    @Test
    void aForeignLostOrUnlinkedCardStartsNothing() {
        var driver = portal.driver();
        var card = charging.card(driver, "Blue fob");
        var box = knownCharger(driver, card);
        var path = "/chargers/" + box + "/start";
        assertThat(portal.signedIn(portal.driver()).post(path, form(card)).statusCode())
                .isEqualTo(404);
        var browser = portal.signedIn(driver);
        assertThat(browser.get("/chargers/" + box).body()).contains(card.idTag().masked());
        assertThat(browser.post("/chargers/nowhere/start", form(card)).statusCode())
                .isEqualTo(404);
        assertThat(browser.post(path, Map.of("form", UUID.randomUUID().toString(), "cardId", "x"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(browser.post(path, Map.of("cardId", "" + card.id().value())).statusCode())
                .isEqualTo(422);
        assertThat(browser.post(
                                path,
                                Map.of(
                                        "form",
                                        UUID.randomUUID().toString(),
                                        "cardId",
                                        "" + card.id().value(),
                                        "connectorId",
                                        "7"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(browser.withoutCsrf().post(path, form(card)).statusCode()).isEqualTo(403);

        var owner = portal.signedIn(driver);
        owner.post("/cards/" + card.id().value() + "/lost", Map.of());
        var refused = owner.post(path, form(card));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("This card is reported lost");
        assertThat(owner.get("/chargers/" + box).body())
                .doesNotContain(card.idTag().masked(), "type=\"radio\"")
                .contains("No card to start with");
        links.unlink(card.id(), Optional.empty());
        assertThat(owner.post(path, form(card)).statusCode()).isEqualTo(404);
        assertThat(activeAt(box)).isZero();
    }

    @Test
    void aLostCardIsBlockedItsSessionStoppedAndOperatorsNotifiedOnce() {
        var driver = portal.driver();
        var card = charging.card(driver, "Blue fob");
        long id = charging.live(charging.chargeBox(), card);
        var path = "/cards/" + card.id().value() + "/lost";
        var stranger = portal.signedIn(portal.driver());
        assertThat(stranger.post(path, Map.of()).statusCode()).isEqualTo(404);
        assertThat(stranger.post("/cards/" + card.id().value(), Map.of("label", "Mine"))
                        .statusCode())
                .isEqualTo(404);

        var browser = portal.signedIn(driver);
        assertThat(location(browser.post(path, Map.of()))).isEqualTo("/cards?done=lost");
        assertThat(browser.post(path, Map.of()).statusCode()).isEqualTo(303);

        assertThat(steve.world().tag(card.idTag().value()).orElseThrow().isBlocked())
                .isTrue();
        await().until(() -> !steve.world().transaction(id).orElseThrow().isActive());
        var operator = portal.withToken(portal.operator());
        var notes = json(operator.get("/api/v1/operator/notes?limit=200"))
                .path("items")
                .valueStream()
                .filter(note -> note.path("cardId").asLong() == card.id().value())
                .toList();
        assertThat(notes).hasSize(1);
        assertThat(notes.getFirst().path("kind").asString()).isEqualTo("card_lost");
        var audit = json(operator.get("/api/v1/operator/audit?limit=200"))
                .path("items")
                .valueStream()
                .filter(entry -> entry.path("action").asString().equals("card.lost"))
                .filter(entry -> entry.path("subject")
                        .asString()
                        .equals("card " + card.id().value()))
                .toList();
        assertThat(audit).hasSize(1);
        assertThat(browser.get("/cards").body())
                .contains("Lost and blocked since")
                .doesNotContain(path);
    }

    @Test
    void aCardIsGivenANameAndAColour() {
        var driver = portal.driver();
        var card = charging.card(driver, "Blue fob");
        charging.completed(charging.chargeBox(), card, charging.now().minus(Duration.ofHours(2)));
        var browser = portal.signedIn(driver);
        var path = "/cards/" + card.id().value();
        browser.post(path, Map.of("label", "Grandma’s <card>", "colour", "red"));
        assertThat(browser.get("/cards").body())
                .contains("Grandma’s &lt;card>", "card-red", card.idTag().masked())
                .doesNotContain(card.idTag().value() + "<");
        assertThat(location(browser.post(path, Map.of("label", " ")))).isEqualTo("/cards?done=badLabel");
        assertThat(location(browser.post(path, Map.of("label", "x".repeat(101)))))
                .isEqualTo("/cards?done=badLabel");
        links.unlink(card.id(), Optional.empty());
        assertThat(browser.post(path, Map.of("label", "Late")).statusCode()).isEqualTo(404);
        assertThat(browser.get("/cards").body()).contains("Earlier cards");
    }

    @Test
    void stoppingRequiresTheLinkedCard() {
        var driver = portal.driver();
        var card = charging.card(driver, "Blue fob");
        long id = charging.live(charging.chargeBox(), card);
        var browser = portal.signedIn(driver);
        assertThat(browser.get("/sessions/" + id).body()).contains("/sessions/" + id + "/stop");
        links.unlink(card.id(), Optional.empty());
        assertThat(browser.post("/sessions/" + id + "/stop", Map.of()).statusCode())
                .isEqualTo(404);
        assertThat(steve.world().transaction(id).orElseThrow().isActive()).isTrue();
    }

    @Test
    void aStopReturnsToItsPageAndShowsTheOutcome() {
        var driver = portal.driver();
        var card = charging.card(driver, "Blue fob");
        var boxes = List.of(charging.chargeBox(), charging.chargeBox(), charging.chargeBox(), charging.chargeBox());
        boxes.forEach(box -> steve.world().chargeBox(box));
        var ids = boxes.stream().map(box -> charging.live(box, card)).toList();
        var browser = portal.signedIn(driver);
        var banner = browser.get("/cards?done=badLabel").body();
        var tiles = browser.get("/").body();
        for (long id : ids) {
            assertThat(banner).contains("action=\"/sessions/" + id + "/stop\"");
            assertThat(tiles).contains("action=\"/sessions/" + id + "/stop\"");
        }
        assertThat(banner).contains("name=\"back\" value=\"/cards\"");
        assertThat(tiles).contains("name=\"back\" value=\"/\"");

        assertThat(location(browser.post("/sessions/" + ids.get(0) + "/stop", Map.of("back", "/cards"))))
                .isEqualTo("/cards?stop=accepted");
        assertThat(browser.get("/cards?stop=accepted").body()).contains("The charger accepted the stop");
        assertThat(location(browser.post(
                        "/sessions/" + ids.get(1) + "/stop", Map.of("back", "/sessions?status=in_progress"))))
                .isEqualTo("/sessions?status=in_progress&stop=accepted");
        assertThat(location(browser.post("/sessions/" + ids.get(2) + "/stop", Map.of("back", "/"))))
                .isEqualTo("/?stop=accepted");
        assertThat(browser.get("/?stop=accepted").body()).contains("The charger accepted the stop");
        for (var elsewhere : List.of("https://evil.example/", "//evil.example", "/\\evil.example", "cards", "/a b")) {
            assertThat(location(browser.post("/sessions/" + ids.get(3) + "/stop", Map.of("back", elsewhere))))
                    .as(elsewhere)
                    .startsWith("/sessions/" + ids.get(3) + "?stop=");
        }
        assertThat(browser.withoutCsrf()
                        .post("/sessions/" + ids.get(3) + "/stop", Map.of("back", "/"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void anAcceptedStopIsAnnouncedOnlyUntilTheSessionHasEnded() {
        var driver = portal.driver();
        long live = charging.live(driver);
        long ended = charging.completed(driver, charging.now().minus(Duration.ofHours(2)));
        var browser = portal.signedIn(driver);
        assertThat(browser.get("/sessions/" + live + "?stop=accepted").body())
                .contains("The charger accepted the stop");
        assertThat(browser.get("/sessions/" + ended + "?stop=accepted").body())
                .doesNotContain("The charger accepted the stop");
        assertThat(browser.get("/sessions/" + ended + "?stop=notActive").body())
                .contains("This session has already ended.");
    }

    @Test
    void theBannerFragmentHasTheLiveSessions() {
        var driver = portal.driver();
        var browser = portal.signedIn(driver);
        assertThat(browser.get("/charging?back=/cards").body()).doesNotContain("data-charge");
        long id = charging.live(driver);
        assertThat(browser.get("/charging?back=/cards").body())
                .contains("data-charge=\"" + id + "\"", "name=\"back\" value=\"/cards\"")
                .doesNotContain("<html");
        assertThat(browser.get("/charging?back=https://evil.example").body()).doesNotContain("evil");
        assertThat(portal.signedIn(portal.driver()).get("/charging").body()).doesNotContain("data-charge");
    }

    /** Fails if a driver who stops and starts again within the minute sees "accepted" although nothing is sent. */
    @Test
    void aStartAfterTheEndOfTheSessionIsSent() {
        var driver = portal.driver();
        var card = charging.card(driver, "Blue fob");
        var box = knownCharger(driver, card);
        var browser = portal.signedIn(driver);
        var begun = clock.instant();
        assertThat(start(browser, box, card)).startsWith("/starts/");
        await().until(() -> activeAt(box) == 1);
        long id = steve.world().highestId();
        clock.advance(Duration.ofSeconds(1));
        charging.until(id, session -> session.isLive());
        charging.end(id, clock.instant(), 2000);
        charging.until(id, session -> !session.isLive());
        assertThat(Duration.between(begun, clock.instant())).isLessThan(Duration.ofSeconds(60));

        assertThat(start(browser, box, card)).startsWith("/starts/");

        await().until(() -> activeAt(box) == 1);
        assertThat(steve.world().highestId()).isGreaterThan(id);
    }

    @Test
    void theChargersPageNeverCallsAChargerFree() {
        var driver = portal.driver();
        var card = charging.card(driver, "Blue fob");
        var box = knownCharger(driver, card);
        var browser = portal.signedIn(driver);
        var page = browser.get("/chargers");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains(box, "No active session seen", "No price");
        assertThat(browser.get("/chargers?q=" + box.toLowerCase(java.util.Locale.ROOT))
                        .body())
                .contains("/chargers/" + box);
        assertThat(browser.get("/chargers?q=no-such-charger").body()).contains("No charger found");
    }

    private static String start(Browser browser, String box, EvCard card) {
        return location(browser.post("/chargers/" + box + "/start", form(card)));
    }

    private static String outcome(Browser browser, String box, EvCard card) {
        var start = start(browser, box, card);
        return await().until(() -> browser.get(start + "/state?seen=sending"), answer -> answer.statusCode() == 200)
                .body();
    }

    /** A charger with a past session. */
    private String knownCharger(Account driver, EvCard card) {
        var box = charging.chargeBox();
        charging.completed(box, card, charging.now().minus(Duration.ofDays(1)));
        return box;
    }

    private long activeAt(String box) {
        return steve.world()
                .activeTransactions()
                .filter(transaction -> transaction.chargeBox().id().equals(box))
                .count();
    }

    private static Map<String, String> form(EvCard card) {
        return Map.of(
                "form", UUID.randomUUID().toString(), "cardId", "" + card.id().value(), "connectorId", "1");
    }

    private static String location(HttpResponse<String> response) {
        return response.headers().firstValue("Location").orElse("").replaceFirst("^https?://[^/]+", "");
    }

    private static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }
}
