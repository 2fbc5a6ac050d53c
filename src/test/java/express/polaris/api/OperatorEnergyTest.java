package express.polaris.api;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.testing.ApplicationTest;
import express.polaris.testing.BillingData;
import express.polaris.testing.Charging;
import express.polaris.testing.Portal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** An operator's word about energy that no connector can deliver. */
@ApplicationTest
class OperatorEnergyTest {

    private final Portal portal;
    private final Charging charging;
    private final BillingData billing;
    private final Script script;

    OperatorEnergyTest(Portal portal, Charging charging, ApplicationContext application) {
        this.portal = portal;
        this.charging = charging;
        this.billing = new BillingData(application);
        this.script = new Script(portal.withToken(portal.operator()));
    }

    private JsonNode confirm(int status, long id, String body) {
        return script.call(status, "POST", "/operator/transactions/" + id + "/confirm-energy", body);
    }

    @Test
    void implausibleEnergyHasAPriceOnceItIsConfirmed() {
        var driver = portal.driver();
        billing.subscribe(driver, charging.now().minus(Duration.ofDays(1)).toString());
        long id = charging.live(driver);
        charging.reading(id, charging.now().minusSeconds(60), 9_001_000);
        // 9001000 - 1000, of which 8996 kWh in nine minutes
        charging.until(id, session -> session.energy().wattHours().longValueExact() == 9_000_000);
        var own = new Script(portal.withToken(driver));
        assertThat(own.get("/sessions/" + id).path("cost").path("coverage").asString())
                .isEqualTo("unknown");
        var answer = confirm(202, id, "{\"reason\":\"A ferry\"}");
        assertThat(answer.path("outcome").asString()).isEqualTo("accepted");
        assertThat(answer.path("message").asString()).contains("session " + id, "position 2");
        var cost = own.get("/sessions/" + id).path("cost");
        assertThat(cost.path("coverage").asString()).isEqualTo("billed");
        assertThat(cost.path("amount").stringValue()).isEqualTo("2700.00"); // 9000 × 0.30
        assertThat(script.lastEntry().path("action").asString()).isEqualTo("session.confirm-energy");
        assertThat(script.lastEntry().path("details").path("reason").asString()).isEqualTo("A ferry");
        assertThat(script.lastEntry().path("details").path("upToPosition").asInt())
                .isEqualTo(2);
        long entry = script.lastEntry().path("id").asLong();
        assertThat(confirm(409, id, "{\"reason\":\"Again\"}").path("detail").asString())
                .isEqualTo("No energy of session " + id + " waits for a confirmation.");
        assertThat(script.lastEntry().path("id").asLong()).isEqualTo(entry);
    }

    @Test
    void aConfirmationNeedsAReasonAndASessionWithSuchEnergy() {
        long id = charging.live(portal.driver());
        for (var body : List.of("{}", "{\"reason\":\" \"}")) {
            assertThat(Script.faults(confirm(422, id, body))).containsExactly("reason");
        }
        confirm(409, id, "{\"reason\":\"Nothing is implausible\"}");
        confirm(404, 999_999_999, "{\"reason\":\"A ferry\"}");
        script.call(404, "POST", "/operator/transactions/x/confirm-energy", "{\"reason\":\"A ferry\"}");
    }
}
