package express.polaris.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import express.polaris.accounts.Account;
import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionService;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@ApplicationTest
class OperatorCardsTest {

    private static final Duration DAY = Duration.ofDays(1);

    private final Portal portal;
    private final SimulatedSteve steve;
    private final SessionService sessions;
    private final MutableClock clock;
    private final Script script;
    private final Account anna;
    private final Account ben;
    private final String tag = UUID.randomUUID().toString();

    OperatorCardsTest(Portal portal, SimulatedSteve steve, SessionService sessions, MutableClock clock) {
        this.portal = portal;
        this.steve = steve;
        this.sessions = sessions;
        this.clock = clock;
        this.script = new Script(portal.withToken(portal.operator()));
        this.anna = portal.driver();
        this.ben = portal.driver();
    }

    private Instant ago(Duration time) {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).minus(time);
    }

    /** A session with an idTag known to the portal. */
    private SessionId charge(Instant startedAt) {
        long id = steve.world().startTransaction("CB-" + tag, 1, tag, startedAt, 0);
        script.call(202, "POST", "/operator/sync-runs", "");
        var session = new SessionId(id);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> sessions.find(session).isPresent());
        return session;
    }

    private JsonNode link(Account driver, Instant from) {
        return script.call(201, "POST", "/operator/cards", """
            {"idTag":"%s","driverId":%s,"label":"Blue fob","from":"%s"}
            """.formatted(tag, driver.id(), from));
    }

    @Test
    void aLinkWithAPastStartAttachesSessionsWithoutAnOwner() {
        var session = charge(ago(DAY));
        charge(ago(DAY.multipliedBy(5)));
        var from = ago(DAY.multipliedBy(2));
        var card = link(anna, from);
        assertThat(card.path("idTag").asString()).isEqualTo(tag);
        assertThat(card.path("driverId").asLong()).isEqualTo(anna.id().value());
        assertThat(card.path("label").asString()).isEqualTo("Blue fob");
        assertThat(card.path("from").asString()).isEqualTo(from.toString());
        assertThat(card.path("until").isNull()).isTrue();
        assertThat(card.path("state").asString()).isEqualTo("active");
        assertThat(card.path("attachedSessions").asInt()).isEqualTo(1);
        assertThat(sessions.find(session, anna.id())).isPresent();
        assertThat(script.lastEntry().path("action").asString()).isEqualTo("card.link");
        assertThat(script.lastEntry().path("details").path("attachedSessions").asInt())
                .isEqualTo(1);
        assertThat(script.lastEntry().toString()).doesNotContain(tag);
    }

    @Test
    void aLinkThatOverlapsAnotherIsAConflict() {
        link(anna, ago(DAY));
        var problem = script.call(
                409, "POST", "/operator/cards", "{\"idTag\":\"%s\",\"driverId\":%s}".formatted(tag, ben.id()));
        assertThat(problem.path("detail").asString())
                .contains("driver " + anna.id())
                .doesNotContain(tag);
        assertThat(script.lastEntry().path("subject").asString()).startsWith("card ");
        assertThat(script.get("/operator/cards?idTag=" + tag).path("items")).hasSize(1);
    }

    @Test
    void allErrorsInALinkAreReportedAtOnce() {
        var problem = script.call(422, "POST", "/operator/cards", """
            {"idTag":" ","driverId":999999999,"label":"","from":"1999-01-01T00:00:00Z"}
            """);
        assertThat(Script.faults(problem)).containsExactly("idTag", "driverId", "label", "from");
        assertThat(Script.faults(script.call(422, "POST", "/operator/cards", "{}")))
                .containsExactly("idTag", "driverId");
        var operator = portal.operator();
        var noDriver = script.call(
                422, "POST", "/operator/cards", "{\"idTag\":\"%s\",\"driverId\":%s}".formatted(tag, operator.id()));
        assertThat(Script.faults(noDriver)).containsExactly("driverId");
        var noInstant = script.call(
                422,
                "POST",
                "/operator/cards",
                "{\"idTag\":\"%s\",\"driverId\":%s,\"from\":\"yesterday\"}".formatted(tag, anna.id()));
        assertThat(Script.faults(noInstant)).containsExactly("from");
    }

    @Test
    void unlinkingEndsTheCard() {
        var card = link(anna, ago(DAY)).path("id").asLong();
        var until = ago(Duration.ofHours(2));
        var ended =
                script.call(200, "POST", "/operator/cards/" + card + "/unlink", "{\"until\":\"%s\"}".formatted(until));
        assertThat(ended.path("until").asString()).isEqualTo(until.toString());
        assertThat(ended.path("state").asString()).isEqualTo("ended");
        assertThat(script.lastEntry().path("action").asString()).isEqualTo("card.unlink");
    }

    @Test
    void anUnlinkWithoutABodyEndsTheCardNow() {
        var card = link(anna, ago(DAY)).path("id").asLong();
        var ended = script.call(200, "POST", "/operator/cards/" + card + "/unlink", "");
        assertThat(Instant.parse(ended.path("until").asString()))
                .isEqualTo(clock.instant().truncatedTo(ChronoUnit.MICROS));
        script.call(409, "POST", "/operator/cards/" + card + "/unlink", "{\"until\":\"2100-01-01T00:00:00Z\"}");
    }

    @Test
    void anUnlinkOrTransferBeforeTheStartOfAnOwnedSessionIsAConflict() {
        var card = link(anna, ago(DAY.multipliedBy(3))).path("id").asLong();
        charge(ago(DAY));
        var before = ago(DAY.multipliedBy(2));
        script.call(409, "POST", "/operator/cards/" + card + "/unlink", "{\"until\":\"%s\"}".formatted(before));
        script.call(
                409,
                "POST",
                "/operator/cards/" + card + "/transfer",
                "{\"driverId\":%s,\"from\":\"%s\"}".formatted(ben.id(), before));
        var unchanged = script.get("/operator/cards?idTag=" + tag).path("items");
        assertThat(unchanged).hasSize(1);
        assertThat(unchanged.path(0).path("until").isNull()).isTrue();
        assertThat(unchanged.path(0).path("attachedSessions").asInt()).isEqualTo(1);
    }

    @Test
    void aTransferEndsOneOwnershipWhereTheNextBegins() {
        var card = link(anna, ago(DAY.multipliedBy(3))).path("id").asLong();
        var session = charge(ago(DAY.multipliedBy(2)));
        var from = ago(DAY);
        var next = script.call(
                200,
                "POST",
                "/operator/cards/" + card + "/transfer",
                "{\"driverId\":%s,\"from\":\"%s\"}".formatted(ben.id(), from));
        assertThat(next.path("id").asLong()).isNotEqualTo(card);
        assertThat(next.path("driverId").asLong()).isEqualTo(ben.id().value());
        assertThat(next.path("attachedSessions").asInt()).isZero();
        var all = script.get("/operator/cards?idTag=" + tag.toUpperCase(java.util.Locale.ROOT))
                .path("items");
        assertThat(all).hasSize(2);
        assertThat(all.path(1).path("until").asString()).isEqualTo(from.toString());
        assertThat(sessions.find(session, anna.id())).isPresent();
        assertThat(script.lastEntry().path("action").asString()).isEqualTo("card.transfer");
        assertThat(script.lastEntry().path("details").path("fromCard").asLong()).isEqualTo(card);
        var problem = script.call(422, "POST", "/operator/cards/" + card + "/transfer", "{}");
        assertThat(Script.faults(problem)).containsExactly("driverId");
    }

    @Test
    void theListIsFilteredAndUnknownIdsMatchNothing() {
        link(anna, ago(DAY));
        assertThat(script.get("/operator/cards?driverId=" + anna.id()).path("items"))
                .hasSize(1);
        assertThat(script.get("/operator/cards?state=ended&driverId=" + anna.id())
                        .path("items"))
                .isEmpty();
        for (var unknown : new String[] {"driverId=999999999", "driverId=x", "idTag=nobodys", "idTag="}) {
            assertThat(script.get("/operator/cards?" + unknown).path("items")).isEmpty();
        }
        assertThat(Script.faults(script.refused(400, "/operator/cards?state=gone")))
                .containsExactly("state");
        assertThat(Script.faults(script.refused(400, "/operator/cards?driver=1")))
                .containsExactly("driver");
    }
}
