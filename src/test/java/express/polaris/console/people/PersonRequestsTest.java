package express.polaris.console.people;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Charging;
import express.polaris.testing.Portal;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What docs/privacy.md tells operators to do for a person who cannot sign in: export and erasure. */
@ApplicationTest
class PersonRequestsTest {

    private static final String PASSWORD = "set by the operator";

    private final Portal portal;
    private final Charging charging;

    PersonRequestsTest(Portal portal, Charging charging) {
        this.portal = portal;
        this.charging = charging;
    }

    @Test
    void anOperatorWhoSetsThePasswordExportsAndErasesThePerson() {
        var driver = portal.driver();
        long session = charging.completed(driver, charging.now().minus(Duration.ofHours(2)));
        var operator = portal.signedIn(portal.operator());
        var page = "/operator/drivers/" + driver.id().value();
        assertThat(operator.post(page + "/password", Map.of("password", PASSWORD))
                        .statusCode())
                .isEqualTo(303);

        var person = portal.browser();
        person.get("/sign-in");
        assertThat(person.post("/sign-in", Map.of("email", driver.email(), "password", PASSWORD))
                        .statusCode())
                .isEqualTo(303);
        var data = JsonMapper.builder()
                .build()
                .readTree(person.get("/account/data.json").body());
        assertThat(data.path("account").path("email").asString()).isEqualTo(driver.email());
        assertThat(data.path("sessions").path(0).path("id").asLong()).isEqualTo(session);

        assertThat(person.post("/account/delete", Map.of("currentPassword", PASSWORD))
                        .statusCode())
                .isEqualTo(200);
        assertThat(person.get("/account").statusCode()).isNotEqualTo(200);
        assertThat(operator.get(page).body()).doesNotContain(driver.email());
        assertThat(operator.get("/operator/transactions/" + session).statusCode())
                .isEqualTo(200);
    }
}
