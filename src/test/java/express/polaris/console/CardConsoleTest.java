package express.polaris.console;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.Account;
import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.platform.sql.SqlTime;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionService;
import express.polaris.stations.cards.CardService;
import express.polaris.stations.cards.EvCard;
import express.polaris.stations.cards.IdTag;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Browser;
import express.polaris.testing.Charging;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@ApplicationTest
class CardConsoleTest {

    private static final Pattern AT = Pattern.compile("name=\"at\" value=\"([^\"]+)\"");
    private static final Pattern EXPECTED = Pattern.compile("name=\"expected\" value=\"([^\"]*)\"");

    private final Portal portal;
    private final Charging charging;
    private final CardService cards;
    private final SessionService sessions;
    private final SimulatedSteve steve;
    private final JdbcClient jdbc;
    private final Browser console;

    CardConsoleTest(
            Portal portal,
            Charging charging,
            CardService cards,
            SessionService sessions,
            SimulatedSteve steve,
            JdbcClient jdbc,
            MutableClock clock) {
        this.portal = portal;
        this.charging = charging;
        this.cards = cards;
        this.sessions = sessions;
        this.steve = steve;
        this.jdbc = jdbc;
        this.console = portal.signedIn(portal.operator());
    }

    /** An unknown tag with a session of 6 kWh that began at that time. */
    private String charged(Instant start) {
        var tag = newTag();
        long id = steve.world().startTransaction(charging.chargeBox(), 1, tag, start, 1000);
        charging.end(id, start.plus(Duration.ofMinutes(25)), 7000);
        charging.until(id, session -> !session.isLive() && session.isFinal());
        return tag;
    }

    private String newTag() {
        var tag = "NEW-" + UUID.randomUUID().toString().substring(0, 13);
        steve.world().addTag(tag);
        return tag;
    }

    private Optional<Account> ownerOf(String tag) {
        return cards.ofIdTag(new IdTag(tag)).stream()
                .findFirst()
                .map(card -> portalAccount(card.driver().value()));
    }

    private Account portalAccount(long id) {
        var any = portal.driver();
        return new Account(
                new express.polaris.accounts.AccountId(id),
                any.email(),
                any.name(),
                any.role(),
                any.locale(),
                any.timeZone(),
                Optional.empty());
    }

    private String preview(String tag, Account driver, Instant from) {
        return console.get("/operator/cards/link?preview=true&idTag=" + encoded(tag) + "&driver=" + driver.id()
                        + "&from=" + from)
                .body();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String found(Pattern pattern, String body) {
        var found = pattern.matcher(body);
        assertThat(found.find()).as(pattern.toString()).isTrue();
        return found.group(1);
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("");
    }

    private long sessionsWithoutOwner(String tag) {
        return jdbc.sql("select count(*) from transaction_sync_state where ocpp_id_tag = ? and driver_id is null")
                .param(tag)
                .query(Long.class)
                .single();
    }

    @Test
    void anUnknownTagWithASessionIsListedFirstAndLinkedToADriver() {
        var start = charging.now().minus(Duration.ofHours(3));
        var tag = charged(start);
        var driver = portal.driver();
        assertThat(console.get("/operator/cards").body()).contains("Unlinked tags in use", tag);
        var preview = preview(tag, driver, start);
        assertThat(preview).contains("Assigned: 1 session with 6.00 kWh");
        assertThat(sessionsWithoutOwner(tag)).as("a preview changes nothing").isEqualTo(1);
        assertThat(ownerOf(tag)).isEmpty();
        var linked = console.post(
                "/operator/cards/link",
                Map.of("idTag", tag, "driver", driver.id().toString(), "label", "Fob", "at", found(AT, preview)));
        assertThat(location(linked)).endsWith("?done=linked&attached=1");
        assertThat(sessionsWithoutOwner(tag)).isZero();
        assertThat(console.get(location(linked)).body()).contains("1 session now belongs to its driver", "6.00 kWh");
        assertThat(console.get("/operator/cards?search=" + encoded(tag)).body()).contains("Fob", driver.name());
    }

    @Test
    void aLinkStartsAnHourAgoByDefault() {
        var tag = charged(charging.now().minus(Duration.ofHours(3)));
        var driver = portal.driver();
        var preview = console.get(
                        "/operator/cards/link?preview=true&idTag=" + encoded(tag) + "&driver=" + driver.email())
                .body();
        assertThat(preview).contains("No session is assigned", "Preview from then");
        assertThat(Instant.parse(found(AT, preview)))
                .isBetween(
                        charging.now().minus(Duration.ofMinutes(61)),
                        charging.now().minus(Duration.ofMinutes(59)));
    }

    @Test
    void aPreviewShowsTheRefusalBeforeAnythingIsDone() {
        var ada = portal.driver();
        var ben = portal.driver();
        var card = charging.card(ada, "Blue fob");
        var taken = preview(card.idTag().value(), ben, charging.now().minus(Duration.ofHours(1)));
        assertThat(taken).contains("This is not possible", "with no end set").doesNotContain("name=\"at\"");
        long id = charging.completed(charging.chargeBox(), card, charging.now().minus(Duration.ofHours(2)));
        var early = "/operator/cards/" + card.id().value() + "/transfer?preview=true&driver=" + ben.id() + "&from="
                + charging.now().minus(Duration.ofHours(4));
        assertThat(console.get(early).body()).contains("started with this card on", "Choose a later time");
        assertThat(console.get(early).statusCode()).isEqualTo(409);
        var unlink = "/operator/cards/" + card.id().value() + "/unlink?preview=true&until="
                + charging.now().minus(Duration.ofHours(4));
        assertThat(console.get(unlink).body()).contains("started with this card on");
        assertThat(sessions.find(new SessionId(id)).orElseThrow().driver()).contains(ada.id());
    }

    @Test
    void aTransferLeavesEarlierSessionsWhereTheyWere() {
        var ada = portal.driver();
        var ben = portal.driver();
        var card = charging.card(ada, "Blue fob");
        long before =
                charging.completed(charging.chargeBox(), card, charging.now().minus(Duration.ofHours(2)));
        var href = "/operator/cards/" + card.id().value() + "/transfer";
        var preview = console.get(href + "?preview=true&driver=" + encoded(ben.email()))
                .body();
        assertThat(preview).contains("keeps 1 session with 6.00 kWh");
        var done = console.post(href, Map.of("driver", ben.id().toString(), "at", found(AT, preview)));
        assertThat(location(done)).contains("?done=transferred");
        assertThat(sessions.find(new SessionId(before)).orElseThrow().driver()).contains(ada.id());
        assertThat(cards.ofDriver(ben.id())).hasSize(1);
        assertThat(console.get(location(done)).body()).contains("Received by transfer", "All owners of this tag");
        var again = console.post(href, Map.of("driver", ben.id().toString(), "at", ""));
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("This ownership ended on");
    }

    @Test
    void errorsInAFormAreShown() {
        var faulty = console.get("/operator/cards/link?preview=true&idTag=&driver=nobody@x.example&from=soon");
        assertThat(faulty.statusCode()).isEqualTo(422);
        assertThat(faulty.body()).contains("id=\"fault-idTag\"", "id=\"fault-driver\"", "id=\"fault-at\"");
    }

    @Test
    void aCardIsBlockedAndUnblockedAndALostOneOnlyManually() {
        var driver = portal.driver();
        var card = charging.card(driver, "Blue fob");
        var href = "/operator/cards/" + card.id().value();
        assertThat(location(console.post(href + "/block", Map.of()))).endsWith("?done=blocked");
        assertThat(blocked(card)).isTrue();
        assertThat(console.get(href).body()).contains("action=\"" + href + "/unblock\"");
        assertThat(location(console.post(href + "/unblock", Map.of()))).endsWith("?done=unblocked");
        assertThat(blocked(card)).isFalse();
        portal.signedIn(driver).post("/cards/" + card.id().value() + "/lost", Map.of());
        var refused = console.post(href + "/unblock", Map.of());
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("reported lost", "action=\"" + href + "/found\"");
        assertThat(blocked(card)).isTrue();
        assertThat(location(console.post(href + "/found", Map.of()))).endsWith("?done=found");
        assertThat(blocked(card)).isFalse();
        assertThat(console.get(href).body()).contains("Found, accepted again", "Reported lost", "Unblocked", "Blocked");
    }

    /** Fails if a page opened before the card ended reports and audits a block that SteVe never received. */
    @Test
    void aCardThatHasEndedIsNotBlocked() {
        var card = charging.card(portal.driver(), "Green fob");
        var href = "/operator/cards/" + card.id().value();
        jdbc.sql("update ev_cards set owned_until = ? where id = ?")
                .param(SqlTime.utc(charging.now()))
                .param(card.id().value())
                .update();
        var refused = console.post(href + "/block", Map.of());
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("This ownership ended on");
        assertThat(blocked(card)).isFalse();
        assertThat(jdbc.sql("select count(*) from audit_log where action = 'card.block' and subject = ?")
                        .param("card " + card.id().value())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private boolean blocked(EvCard card) {
        return steve.world().tag(card.idTag().value()).orElseThrow().isBlocked();
    }

    @Test
    void anUnknownTagCanBeBlockedToo() {
        var tag = newTag();
        assertThat(location(console.post("/operator/cards/tags/block", Map.of("idTag", tag))))
                .endsWith("?done=blocked");
        assertThat(console.get("/operator/cards?kind=blocked&search=" + encoded(tag))
                        .body())
                .contains(tag);
        assertThat(jdbc.sql("select count(*) from audit_log where action = 'tag.block' and subject like '%' || ?")
                        .param(tag)
                        .query(Long.class)
                        .single())
                .as("a whole idTag is not in the log")
                .isZero();
        console.post("/operator/cards/tags/unblock", Map.of("idTag", tag));
        assertThat(steve.world().tag(tag).orElseThrow().isBlocked()).isFalse();
    }

    @Test
    void anImportIsPreviewedAndAppliedOnce() {
        var start = charging.now().minus(Duration.ofHours(3));
        var tag = charged(start);
        var ada = portal.driver();
        var other = charging.card(portal.driver(), "Other");
        var csv = "\uFEFFid_tag,email,label,from\r\n"
                + tag + "," + ada.email() + ",\"Fob, blue\"," + start + "\r\n"
                + tag.toLowerCase(java.util.Locale.ROOT) + "," + ada.email() + ",,\r\n"
                + other.idTag().value() + "," + ada.email() + ",,\r\n"
                + "NOBODYS,nobody@people.example,,\r\n"
                + "BADTIME," + ada.email() + ",,yesterday\r\n";
        var dry = console.post("/operator/cards/import", Map.of("csv", csv));
        assertThat(dry.statusCode()).isEqualTo(200);
        assertThat(dry.body())
                .contains("1 would be linked, 1 session assigned", "4 refused")
                .contains("line 2 has the same idTag", "no driver has this address", "column from cannot be read")
                .contains("with no end set");
        assertThat(sessionsWithoutOwner(tag)).isEqualTo(1);
        var form = Map.of("csv", csv, "expected", found(EXPECTED, dry.body()));
        assertThat(console.post("/operator/cards/import/apply", form).body())
                .contains("1 linked, 1 session assigned", "4 refused");
        assertThat(cards.ofDriver(ada.id()).getFirst().label()).isEqualTo("Fob, blue");
        assertThat(sessionsWithoutOwner(tag)).isZero();
        assertThat(console.post("/operator/cards/import/apply", form).body())
                .contains("0 linked", "1 unchanged", "4 refused");
    }

    @Test
    void anImportLineWhoseEffectChangedSinceThePreviewIsSkipped() {
        var start = charging.now().minus(Duration.ofHours(3));
        var tag = charged(start);
        var ada = portal.driver();
        var csv = "id_tag;email;from\n" + tag + ";" + ada.email() + ";" + start;
        var form = Map.of("csv", csv, "expected", "2/" + start + "/0");
        assertThat(console.post("/operator/cards/import/apply", form).body())
                .contains("Skipped: it would now assign 1 session");
        assertThat(sessionsWithoutOwner(tag)).isEqualTo(1);
        assertThat(ownerOf(tag)).isEmpty();
    }

    @Test
    void anInvalidImportTableIsRefusedWithTheReason() {
        for (var table : List.of(
                Map.entry("", "no line below the header"),
                Map.entry("id_tag,email", "no line below the header"),
                Map.entry("tag,mail\nA,b@c", "must name the columns"),
                Map.entry("id_tag,email\nA,\"b@c\nD,e@f", "Line 2 has a misplaced quote"),
                Map.entry("id_tag,email\n" + "A,b@c\n".repeat(5001), "5,001 lines"))) {
            var answer = console.post("/operator/cards/import", Map.of("csv", table.getKey()));
            assertThat(answer.statusCode()).as(table.getValue()).isEqualTo(422);
            assertThat(answer.body()).contains(table.getValue());
        }
        assertThat(console.post("/operator/cards/import/apply", Map.of("csv", "", "expected", "x"))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void anUnknownCardIsNotFound() {
        for (var path : List.of("/operator/cards/999999999", "/operator/cards/x", "/operator/cards/0/transfer")) {
            assertThat(console.get(path).statusCode()).as(path).isEqualTo(404);
        }
    }
}
