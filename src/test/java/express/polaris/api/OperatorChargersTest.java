package express.polaris.api;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Portal;
import java.util.ArrayList;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@ApplicationTest
class OperatorChargersTest {

    private final Script script;
    private final String box = "CB-" + UUID.randomUUID();

    OperatorChargersTest(Portal portal) {
        this.script = new Script(portal.withToken(portal.operator()));
    }

    @Test
    void addingAndChangingAChargerIsAudited() {
        var publicId = box.substring(3, 11);
        var added = script.call(201, "PUT", "/operator/chargers/" + box, """
            {"name":"Garage left","publicId":"%s","location":"Level 1",
             "connectors":[{"id":1,"type":"type2","maxKw":"22"},{"id":2,"type":"ccs2","maxKw":50.5}]}
            """.formatted(publicId));
        assertThat(added.path("connectors").path(0).path("maxKw").stringValue()).isEqualTo("22");
        assertThat(added.path("connectors").path(1).path("maxKw").stringValue()).isEqualTo("50.5");
        assertThat(audited("charger.add")).isTrue();

        var changed = script.call(200, "PUT", "/operator/chargers/" + box, "{\"name\":\"Garage right\"}");
        assertThat(changed.path("name").asString()).isEqualTo("Garage right");
        assertThat(changed.path("publicId").isNull()).isTrue();
        assertThat(changed.path("connectors")).hasSize(2);
        assertThat(audited("charger.change")).isTrue();

        var none = script.call(200, "PUT", "/operator/chargers/" + box, "{\"name\":\"Garage\",\"connectors\":[]}");
        assertThat(none.path("connectors")).isEmpty();
    }

    @Test
    void allErrorsInAChargerAreReportedAtOnce() {
        var problem = script.call(422, "PUT", "/operator/chargers/" + box, """
            {"publicId":"%s","connectors":[{"type":"type2"},null,{"id":1,"maxKw":"-1"},{"id":1}]}
            """.formatted("x".repeat(51)));
        assertThat(Script.faults(problem))
                .containsExactly(
                        "name",
                        "publicId",
                        "connectors[0].id",
                        "connectors[1].id",
                        "connectors[2].maxKw",
                        "connectors[3].id");
    }

    @Test
    void aPublicIdThatIsTakenIsAConflictAndNothingIsAdded() {
        var body = "{\"name\":\"A\",\"publicId\":\"%s\"}".formatted(box.substring(3, 15));
        script.call(201, "PUT", "/operator/chargers/" + box, body);
        script.call(409, "PUT", "/operator/chargers/" + box + "-other", body);
        script.call(201, "PUT", "/operator/chargers/" + box + "-other", "{\"name\":\"B\"}");
    }

    @Test
    void theNextPageContinuesWhereThePreviousOneEnded() {
        for (int i = 0; i < 3; i++) {
            script.call(201, "PUT", "/operator/chargers/" + box + i, "{\"name\":\"C\"}");
        }
        var seen = new ArrayList<String>();
        var path = "/operator/chargers?limit=1";
        var page = script.get(path);
        while (true) {
            page.path("items")
                    .forEach(charger -> seen.add(charger.path("chargeBoxId").asString()));
            if (page.path("nextCursor").isNull()) {
                break;
            }
            page = script.get(path + "&cursor=" + page.path("nextCursor").asString());
        }
        assertThat(seen).contains(box + "0", box + "1", box + "2").doesNotHaveDuplicates();
        assertThat(Script.faults(script.refused(400, path + "&cursor=%21"))).containsExactly("cursor");
    }

    private boolean audited(String action) {
        var entry = script.lastEntry();
        return entry.path("action").asString().equals(action)
                && entry.path("subject").asString().equals("charge box " + box);
    }
}
