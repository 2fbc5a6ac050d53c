package express.polaris.portal.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Charging;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A driver's notes about a session, from its page to the operators. */
@ApplicationTest
class SessionNotesTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Portal portal;
    private final Charging charging;
    private final MutableClock clock;

    SessionNotesTest(Portal portal, Charging charging, MutableClock clock) {
        this.portal = portal;
        this.charging = charging;
        this.clock = clock;
    }

    @Test
    void aNoteAboutASessionReachesOperatorsAndIsLimited() {
        var driver = portal.driver();
        long id = charging.live(driver);
        var browser = portal.signedIn(driver);
        var path = "/sessions/" + id + "/note";
        assertThat(location(browser.post(path, Map.of("text", "  ")))).endsWith("?note=empty");
        assertThat(location(browser.post(path, Map.of("text", "x".repeat(1001)))))
                .endsWith("?note=tooLong");
        var words = "It stopped <b>twice</b>, at 14:05.";
        assertThat(location(browser.post(path, Map.of("text", words)))).endsWith("?note=sent");
        assertThat(location(browser.post(path, Map.of("text", words)))).endsWith("?note=sent");
        assertThat(notesOf(id)).containsExactly(words);
        for (int i = 1; i < 10; i++) {
            assertThat(location(browser.post(path, Map.of("text", "Note " + i))))
                    .endsWith("?note=sent");
        }
        assertThat(location(browser.post(path, Map.of("text", "One too many")))).endsWith("?note=tooMany");
        assertThat(notesOf(id)).hasSize(10);
        clock.advance(Duration.ofMinutes(61));
        assertThat(location(browser.post(path, Map.of("text", "Later")))).endsWith("?note=sent");
        assertThat(portal.signedIn(portal.driver())
                        .post(path, Map.of("text", "Hm"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(browser.get("/sessions/" + id + "?note=sent").body())
                .contains("Your operator has received your message");
    }

    private List<String> notesOf(long session) {
        return json(portal.withToken(portal.operator()).get("/api/v1/operator/notes?limit=200"))
                .path("items")
                .valueStream()
                .filter(note -> note.path("sessionId").asLong() == session)
                .map(note -> note.path("text").asString())
                .toList();
    }

    private static String location(HttpResponse<String> response) {
        return response.headers().firstValue("Location").orElse("").replaceFirst("^https?://[^/]+", "");
    }

    private static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }
}
