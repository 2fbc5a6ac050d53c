package express.polaris.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.AccountService;
import express.polaris.testing.Browser;
import express.polaris.testing.Portal;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.session.SessionRepository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON API as used by one account. */
record FixtureApi(Browser browser) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Authenticates with a token issued for the fixture's password. */
    static FixtureApi of(ApplicationContext application, String email) {
        var portal = portal(application);
        var token = new FixtureApi(portal.browser())
                .post("/tokens", """
                {"email":"%s","password":"%s","name":"fixture"}
                """.formatted(email, StoppedTime.PASSWORD))
                .path("token")
                .asString();
        return new FixtureApi(portal.browser().withHeader("Authorization", "Bearer " + token));
    }

    /** A browser signed in to this account. */
    static Browser signIn(ApplicationContext application, String email) {
        var account =
                application.getBean(AccountService.class).findByEmail(email).orElseThrow();
        return portal(application).signedIn(account);
    }

    private static Portal portal(ApplicationContext application) {
        return new Portal(
                application.getBean(JdbcClient.class),
                application.getBean(SessionRepository.class),
                application.getEnvironment());
    }

    JsonNode get(String path) {
        return call("GET", path, "");
    }

    JsonNode post(String path, String body) {
        return call("POST", path, body);
    }

    JsonNode call(String method, String path, String body) {
        var response = browser.call(method, "/api/v1" + path, body);
        assertThat(response.statusCode())
                .as("%s %s %s: %s", method, path, body, response.body())
                .isBetween(200, 299);
        return JSON.readTree(response.body());
    }

    /** All items of a list, page by page. */
    List<JsonNode> all(String path) {
        var items = new ArrayList<JsonNode>();
        var cursor = "";
        do {
            var page = get(path + "?limit=200" + cursor);
            page.path("items").forEach(items::add);
            var next = page.path("nextCursor");
            cursor = next.isString() ? "&cursor=" + next.stringValue() : "";
        } while (!cursor.isEmpty());
        return items;
    }
}
