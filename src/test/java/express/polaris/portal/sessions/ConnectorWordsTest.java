package express.polaris.portal.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Charging;
import express.polaris.testing.Portal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

@ApplicationTest
class ConnectorWordsTest {

    private final Portal portal;
    private final Charging charging;
    private final JdbcClient jdbc;

    ConnectorWordsTest(Portal portal, Charging charging, JdbcClient jdbc) {
        this.portal = portal;
        this.charging = charging;
        this.jdbc = jdbc;
    }

    /** Type that an operator typed, on the page of a session of a driver who reads German. */
    private String page(String type) {
        var driver = portal.driver();
        var box = charging.chargeBox();
        var stored = portal.withToken(portal.operator())
                .call("PUT", "/api/v1/operator/chargers/" + box, """
                {"name":"Garage","location":"","connectors":[{"id":1,"type":"%s"}]}
                """.formatted(type));
        assertThat(stored.statusCode()).as(stored.body()).isLessThan(300);
        long session = charging.completed(
                box, charging.card(driver, "Karte"), charging.now().minus(Duration.ofHours(3)));
        jdbc.sql("update accounts set locale = 'de' where id = ?")
                .param(driver.id().value())
                .update();
        return portal.signedIn(driver).get("/sessions/" + session).body();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Type 2", "type2"})
    void aKnownTypeIsNamedInTheReadersLanguage(String type) {
        assertThat(page(type)).contains("1 · Typ 2").doesNotContain(type);
    }

    @Test
    void anUnknownTypeIsShownAsGiven() {
        assertThat(page("Type 9")).contains("1 · Type 9");
    }
}
