package express.polaris.console;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Browser;
import express.polaris.testing.Charging;
import express.polaris.testing.Portal;
import express.polaris.web.PathId;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Charge boxes and plans whose ids contain characters with a meaning in a URL. Fails if such an id can be created but
 * not opened.
 */
@ApplicationTest
class UnusualIdsTest {

    private final Portal portal;
    private final Charging charging;
    private final RequestMappingHandlerMapping mappings;
    private final Browser operator;

    UnusualIdsTest(
            Portal portal,
            Charging charging,
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mappings) {
        this.portal = portal;
        this.charging = charging;
        this.mappings = mappings;
        this.operator = portal.signedIn(portal.operator());
    }

    private static String location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private String page(Browser browser, String path) {
        var answer = browser.get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.body();
    }

    private static String encoded(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A/B", "new", "ä ö", "50%", "..", ".", "a;b", "a\\b", "//", "/", "%2F", "a?b#c", "~", "~bmV3", "x+y",
                "preview", "labels", "A/../B"
            })
    void aChargeBoxIsOpenedChangedLabelledAndFoundByItsDrivers(String id) {
        var name = "Box " + UUID.randomUUID();
        var added = location(operator.post("/operator/chargers", Map.of("chargeBoxId", id, "name", name)));
        var path = added.substring(0, added.indexOf('?'));
        assertThat(page(operator, added)).contains(name);
        assertThat(page(operator, "/operator/chargers?q=" + encoded(name))).contains("href=\"" + path + "\"");
        var changed = operator.post(path, Map.of("name", name + "!", "connectorId", "1"));
        assertThat(page(operator, location(changed))).contains(name + "!");
        assertThat(operator.get(path + "/label.svg?connector=1").statusCode()).isEqualTo(200);
        var person = portal.driver();
        charging.card(person, "Blue fob");
        var driver = portal.signedIn(person);
        var found = PathId.under("/chargers", id);
        assertThat(page(driver, "/chargers?q=" + encoded(name))).contains("href=\"" + found + "\"");
        assertThat(page(driver, found)).contains(name + "!", "action=\"" + found + "/start\"");
        assertThat(driver.post(found + "/start", Map.of()).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"A/B-call", "new-call", "ä ö call", "50%-call", "a;b-call", "//", "%2F-call", "A/../B-call"})
    void aCallNamesAChargeBoxByItsIdPercentEncoded(String id) {
        var path = "/api/v1/operator/chargers/" + encoded(id);
        var body = "{\"name\":\"Yard\",\"location\":\"\",\"connectors\":[{\"id\":1}]}";
        var stored = operator.call("PUT", path, body);
        assertThat(stored.statusCode()).as(stored.body()).isLessThan(300);
        assertThat(stored.body()).contains("\"chargeBoxId\":\"" + id + "\"");
        var driver = portal.signedIn(portal.driver());
        var start = driver.call("POST", "/api/v1/chargers/" + encoded(id) + "/start", "{}");
        assertThat(start.statusCode()).as("the card is missing").isEqualTo(422);
        var nothing = driver.call("PUT", "/api/v1/operator/nothing", body);
        var refused = driver.call("PUT", path, body);
        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(refused.body()).isEqualTo(nothing.body());
        assertThat(portal.browser().call("PUT", path, body).statusCode()).isEqualTo(401);
    }

    /** The access rules and the route mapping see the same path, or the path is not found. */
    @Test
    void anEncodedSlashOpensNoOtherPage() {
        var driver = portal.signedIn(portal.driver());
        for (var path : new String[] {
            "/api/v1/chargers/..%2Foperator%2Fdrivers/start",
            "/api/v1/chargers%2F..%2Foperator/drivers",
            "/api/v1%2Foperator/drivers",
            "/api/v1/operator%2Fdrivers",
            "/api/v1/operator/chargers/%2E%2E",
            "/api/v1/operator/chargers/x%2F..%2F..%2Fdrivers",
            "/api/v1/operator/chargers/x;y",
            "/operator%2Fdrivers",
            "/assets%2F..%2Foperator",
            "/assets/..%2Foperator"
        }) {
            assertThat(driver.get(path).statusCode()).as(path).isIn(404, 405);
            assertThat(operator.get(path).statusCode()).as(path).isIn(404, 405);
            assertThat(portal.browser().get(path).statusCode()).as(path).isIn(303, 401, 404);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"home/2026", "new", "preview", "ä ö", "50%", "..", "a;b", "~"})
    void aPlanIsOpenedByItsCode(String code) {
        var json = "{\"code\":\"" + code + "\",\"name\":\"Home\",\"interval\":\"monthly\",\"amount_cents\":990,"
                + "\"amount_currency\":\"EUR\",\"charges\":[]}";
        var saved = location(operator.post("/operator/plans", Map.of("json", json)));
        assertThat(page(operator, saved)).contains("name=\"known\" value=\"" + code + "\"");
        var path = saved.substring(0, saved.indexOf('?'));
        assertThat(page(operator, path + "?tab=json")).contains("href=\"" + path + "\"");
        assertThat(page(operator, "/operator/plans/new")).doesNotContain("name=\"known\"");
    }

    @Test
    void everyReservedPathSegmentIsEncodedWhenUsedAsAnId() {
        var patterns = mappings.getHandlerMethods().keySet().stream()
                .flatMap(mapping -> mapping.getPatternValues().stream())
                .toList();
        var roots = mappings.getHandlerMethods().entrySet().stream()
                .filter(handler -> Stream.of(handler.getValue().getMethodParameters())
                        .anyMatch(parameter -> parameter.getParameterType().equals(PathId.class)))
                .flatMap(handler -> handler.getKey().getPatternValues().stream())
                .map(pattern -> pattern.substring(0, pattern.indexOf("/{")))
                .collect(Collectors.toSet());
        assertThat(roots)
                .containsExactlyInAnyOrder(
                        "/operator/chargers",
                        "/operator/plans",
                        "/operator/prices/bands",
                        "/operator/prices/groups",
                        "/operator/prices/series",
                        "/chargers");
        for (var root : roots) {
            patterns.stream()
                    .filter(pattern -> pattern.startsWith(root + "/") && !pattern.startsWith(root + "/{"))
                    .map(pattern -> pattern.substring(root.length() + 1).split("/", 2)[0])
                    .forEach(word -> assertThat(PathId.under(root, word)).isNotEqualTo(root + "/" + word));
        }
    }

    @Test
    void anAddressWithAnUnencodedIdWorks() {
        operator.post("/operator/chargers", Map.of("chargeBoxId", "CP 5.a"));
        assertThat(page(operator, "/operator/chargers/CP%205.a")).contains("CP 5.a");
        assertThat(operator.get("/operator/chargers/~not-base-64").statusCode()).isEqualTo(404);
    }
}
