package express.polaris.api;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.Account;
import express.polaris.accounts.AuditLog;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The audit log in the API, with the filters of its page. */
@ApplicationTest
class OperatorAuditTest {

    private final AuditLog audit;
    private final MutableClock clock;
    private final Account operator;
    private final Script script;
    private final String subject = "test " + UUID.randomUUID();

    OperatorAuditTest(Portal portal, AuditLog audit, MutableClock clock) {
        this.audit = audit;
        this.clock = clock;
        this.operator = portal.operator();
        this.script = new Script(portal.withToken(operator));
    }

    private List<String> actions(String query) {
        return StreamSupport.stream(
                        script.get("/operator/audit?subject=" + subject.replace(" ", "%20") + query)
                                .path("items")
                                .spliterator(),
                        false)
                .map(entry -> entry.path("action").asString())
                .toList();
    }

    @Test
    void everyFilterParameterRestrictsTheList() {
        // 23:30 and 00:30 in Berlin
        clock.at("2026-03-10T22:30:00Z");
        audit.record(Optional.of(operator.id()), "test.late", subject, Map.of());
        clock.at("2026-03-10T23:30:00Z");
        audit.record(Optional.empty(), "test.early", subject + " more", Map.of());

        assertThat(actions("")).containsExactly("test.early", "test.late");
        assertThat(actions("&actorId=" + operator.id())).containsExactly("test.late");
        assertThat(actions("&actorId=nobody")).isEmpty();
        assertThat(actions("&action=test.early")).containsExactly("test.early");
        assertThat(actions("&action=test")).isEmpty();
        assertThat(actions("&to=2026-03-10")).containsExactly("test.late");
        assertThat(actions("&from=2026-03-11")).containsExactly("test.early");
        assertThat(actions("&from=2026-03-10&to=2026-03-11")).hasSize(2);
    }

    @Test
    void aCursorContinuesWithTheSameFilter() {
        for (int i = 0; i < 3; i++) {
            audit.record(Optional.empty(), "test." + i, subject, Map.of());
        }
        var path = "/operator/audit?limit=2&subject=" + subject.replace(" ", "%20");
        var first = script.get(path);
        assertThat(first.path("items").size()).isEqualTo(2);
        var rest = script.get(path + "&cursor=" + first.path("nextCursor").asString());
        assertThat(rest.path("items").size()).isEqualTo(1);
        assertThat(rest.path("items").path(0).path("action").asString()).isEqualTo("test.0");
    }

    @Test
    void anInvalidDayIsReportedByItsParameter() {
        assertThat(Script.faults(script.refused(400, "/operator/audit?from=yesterday")))
                .containsExactly("from");
        assertThat(Script.faults(script.refused(400, "/operator/audit?who=1"))).containsExactly("who");
    }
}
