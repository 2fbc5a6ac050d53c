package express.polaris.api;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.Account;
import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Portal;
import java.util.ArrayList;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ApplicationTest
class OperatorDriversTest {

    private final Portal portal;
    private final SimulatedSteve steve;
    private Account operator;
    private Script script;

    OperatorDriversTest(Portal portal, SimulatedSteve steve) {
        this.portal = portal;
        this.steve = steve;
        this.operator = portal.operator();
        this.script = new Script(portal.withToken(operator));
    }

    @BeforeEach
    void signIn() {
        operator = portal.operator();
        script = new Script(portal.withToken(operator));
    }

    @Test
    void aDriverIsCreatedAndCanSignIn() {
        var email = UUID.randomUUID() + "@people.example";
        var created = script.call(201, "POST", "/operator/drivers", """
            {"email":"%s","name":"Anna","password":"%s","locale":"de","timeZone":"Europe/Vienna"}
            """.formatted(email, Portal.PASSWORD));
        assertThat(created.path("email").asString()).isEqualTo(email);
        assertThat(created.path("locale").asString()).isEqualTo("de");
        assertThat(created.path("timeZone").asString()).isEqualTo("Europe/Vienna");
        assertThat(created.path("disabled").asBoolean()).isFalse();
        assertThat(script.lastEntry().path("action").asString()).isEqualTo("account.create");
        assertThat(script.lastEntry().path("actorId").asLong())
                .isEqualTo(operator.id().value());
        var token = portal.browser().call("POST", "/api/v1/tokens", """
            {"email":"%s","password":"%s","name":"script"}
            """.formatted(email, Portal.PASSWORD));
        assertThat(token.statusCode()).isEqualTo(201);
    }

    @Test
    void allErrorsInANewDriverAreReportedAtOnce() {
        var problem = script.call(
                422, "POST", "/operator/drivers", "{\"password\":\"short\",\"locale\":\"xx\",\"timeZone\":\"Mars\"}");
        assertThat(Script.faults(problem)).containsExactly("email", "name", "password", "locale", "timeZone");
        var unknown = script.call(422, "POST", "/operator/drivers", "{\"e-mail\":\"a@b.example\"}");
        assertThat(Script.faults(unknown)).containsExactly("e-mail");
    }

    @Test
    void aTakenAddressIsAConflictInAnyCase() {
        var taken = portal.driver().email().toUpperCase(java.util.Locale.ROOT);
        script.call(409, "POST", "/operator/drivers", "{\"email\":\"%s\",\"name\":\"Ben\"}".formatted(taken));
    }

    @Test
    void disablingADriverRevokesTheirTokens() {
        var driver = portal.driver();
        var theirs = portal.withToken(driver);
        assertThat(theirs.get("/api/v1/me").statusCode()).isEqualTo(200);
        var changed = script.call(
                200, "PATCH", "/operator/drivers/" + driver.id(), "{\"disabled\":true,\"name\":\"Was here\"}");
        assertThat(changed.path("disabled").asBoolean()).isTrue();
        assertThat(changed.path("disabledAt").asString()).endsWith("Z");
        assertThat(changed.path("name").asString()).isEqualTo("Was here");
        assertThat(changed.path("blockedTags").isNull()).isTrue();
        assertThat(theirs.get("/api/v1/me").statusCode()).isEqualTo(401);
        assertThat(script.lastEntry().path("action").asString()).isEqualTo("account.change");
        assertThat(script.lastEntry().path("details").path("disabled").asBoolean())
                .isTrue();
    }

    @Test
    void theTagsOfADriverAreBlockedInSteve() {
        var driver = portal.driver();
        var tag = "BLOCK" + driver.id();
        steve.world().addTag(tag);
        script.call(201, "POST", "/operator/cards", "{\"idTag\":\"%s\",\"driverId\":%s}".formatted(tag, driver.id()));
        var changed =
                script.call(200, "PATCH", "/operator/drivers/" + driver.id(), "{\"disabled\":true,\"blockTags\":true}");
        assertThat(changed.path("blockedTags").asInt()).isEqualTo(1);
        assertThat(steve.world().tag(tag).orElseThrow().maxActiveTransactionCount())
                .isZero();
        assertThat(script.lastEntry().path("action").asString()).isEqualTo("account.block-tags");
        assertThat(script.lastEntry().path("subject").asString()).isEqualTo("account " + driver.id());
    }

    @Test
    void allErrorsInAChangeAreReportedAtOnceAndNothingChanges() {
        var driver = portal.driver();
        var problem = script.call(
                422,
                "PATCH",
                "/operator/drivers/" + driver.id(),
                "{\"name\":\" \",\"locale\":\"fr\",\"disabled\":true}");
        assertThat(Script.faults(problem)).containsExactly("name", "locale");
        assertThat(portal.withToken(driver).get("/api/v1/me").statusCode()).isEqualTo(200);
    }

    @Test
    void anOperatorIsNeitherListedNorChangedAsADriver() {
        var other = portal.operator();
        script.call(404, "PATCH", "/operator/drivers/" + other.id(), "{\"disabled\":true}");
        assertThat(script.get("/operator/drivers?search=" + other.email())
                        .path("items")
                        .isEmpty())
                .isTrue();
    }

    @Test
    void theNextPageContinuesWhereThePreviousOneEndedWhileDriversAreAdded() {
        var prefix = "pages-" + UUID.randomUUID();
        for (var name : new String[] {"B", "D", "F"}) {
            add(prefix, name);
        }
        var seen = new ArrayList<String>();
        var page = script.get("/operator/drivers?limit=2&search=" + prefix);
        page.path("items").forEach(driver -> seen.add(driver.path("name").asString()));
        add(prefix, "A");
        page = script.get("/operator/drivers?limit=2&search=" + prefix + "&cursor="
                + page.path("nextCursor").asString());
        page.path("items").forEach(driver -> seen.add(driver.path("name").asString()));
        assertThat(seen).containsExactly("B", "D", "F");
        assertThat(page.path("nextCursor").isNull()).isTrue();
    }

    @Test
    void anInvalidQueryNamesTheParameter() {
        assertThat(Script.faults(script.refused(400, "/operator/drivers?limit=0")))
                .containsExactly("limit");
        assertThat(Script.faults(script.refused(400, "/operator/drivers?limit=201")))
                .containsExactly("limit");
        assertThat(Script.faults(script.refused(400, "/operator/drivers?limit=x")))
                .containsExactly("limit");
        assertThat(Script.faults(script.refused(400, "/operator/drivers?cursor=%21")))
                .containsExactly("cursor");
        assertThat(Script.faults(script.refused(400, "/operator/drivers?nam=x")))
                .containsExactly("nam");
    }

    private void add(String prefix, String name) {
        script.call(
                201,
                "POST",
                "/operator/drivers",
                "{\"email\":\"%s-%s@people.example\",\"name\":\"%s\"}".formatted(prefix, name, name));
    }
}
