package express.polaris.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.Account;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.TransactionFacts;
import express.polaris.sessions.events.SessionImport;
import express.polaris.stations.cards.CardLinkService;
import express.polaris.stations.cards.IdTag;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Portal;
import express.polaris.units.Energy;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Drivers cannot find out which sessions exist: unknown, malformed and foreign ids get the same answer. */
@ApplicationTest
class NotFoundTest {

    private static final Set<String> DIFFER_BY_NATURE = Set.of("date", "x-request-id");

    private final Portal portal;
    private final SessionImport sessions;
    private final CardLinkService links;

    NotFoundTest(Portal portal, SessionImport sessions, CardLinkService links) {
        this.portal = portal;
        this.sessions = sessions;
        this.links = links;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/sessions/%s",
                "/api/v1/sessions/%s",
                "/api/v1/sessions/%s/timeline",
                "/api/v1/sessions/%s/stream",
                "POST /sessions/%s/stop",
                "POST /sessions/%s/note",
                "POST /api/v1/sessions/%s/stop"
            })
    void missingMalformedAndForeignSessionsAreTheSame(String route) {
        var others = portal.driver();
        long foreign = 910_000 + route.length() * 100L + Math.floorMod(route.hashCode(), 100);
        var start = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofMinutes(5));
        links.link(new IdTag("NF" + foreign), others.id(), Optional.empty(), Optional.of(start.minusSeconds(60)));
        sessions.discover(
                List.of(new TransactionFacts(
                        new SessionId(foreign),
                        "BOX",
                        1,
                        "NF" + foreign,
                        start,
                        Energy.ofWattHours(0),
                        Optional.empty())),
                Instant.now());
        var nosy = portal.driver();

        var answers = new ArrayList<Answer>();
        for (var id : List.of(
                Long.toString(foreign),
                "909999",
                "abc",
                "0",
                "-1",
                "007",
                "1e3",
                "4711x",
                "99999999999999999999999",
                "%C3%A9",
                "%00",
                foreign + "%00",
                "%0A",
                "%25",
                "%2F",
                "%5C",
                "%FF",
                foreign + ";a=b")) {
            answers.add(ask(nosy, route, id));
        }
        assertThat(answers.getFirst().status()).isEqualTo(404);
        assertThat(answers).containsOnly(answers.getFirst());
        assertThat(answers.getFirst().body()).doesNotContain("<form", "nonce", "/sessions/", Long.toString(foreign));
        assertThat(ask(others, route, Long.toString(foreign)).status())
                .as("its owner can see that it is there")
                .isNotEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4711", "%00", "%25", "%2F", "%FF", "4711;a=b"})
    void whoeverIsNotSignedInIsToldNothingOfAnyAddress(String id) {
        var page = portal.browser().get("/sessions/" + id);
        assertThat(page.statusCode()).isEqualTo(303);
        assertThat(page.headers().firstValue("Location")).contains("/sign-in");
        assertThat(portal.browser().get("/api/v1/sessions/" + id).statusCode()).isEqualTo(401);
    }

    private Answer ask(Account account, String route, String id) {
        var browser = portal.signedIn(account);
        if (route.startsWith("POST /api")) {
            return Answer.of(browser.call("POST", route.substring(5).formatted(id), ""));
        }
        if (route.startsWith("POST")) {
            return Answer.of(browser.post(route.substring(5).formatted(id), Map.of()));
        }
        return route.endsWith("/stream")
                ? Answer.of(browser.beginning(route.formatted(id)))
                : Answer.of(browser.get(route.formatted(id)));
    }

    private record Answer(int status, Map<String, List<String>> headers, String body) {
        static Answer of(HttpResponse<String> response) {
            var headers = new TreeMap<>(response.headers().map());
            headers.keySet().removeIf(name -> DIFFER_BY_NATURE.contains(name.toLowerCase(Locale.ROOT)));
            return new Answer(response.statusCode(), headers, response.body());
        }
    }
}
