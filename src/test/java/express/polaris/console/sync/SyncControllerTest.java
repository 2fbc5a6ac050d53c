package express.polaris.console.sync;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.AuditLog;
import express.polaris.sync.SyncPauseService;
import express.polaris.sync.SyncStateReader;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Browser;
import express.polaris.testing.Portal;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The operator's sync pages over HTTP. */
@ApplicationTest
class SyncControllerTest {

    private final Portal portal;
    private final JdbcClient jdbc;
    private final AuditLog audit;
    private final SyncStateReader states;
    private final SyncPauseService pauses;
    private final Browser browser;

    SyncControllerTest(
            Portal portal, JdbcClient jdbc, AuditLog audit, SyncStateReader states, SyncPauseService pauses) {
        this.portal = portal;
        this.jdbc = jdbc;
        this.audit = audit;
        this.states = states;
        this.pauses = pauses;
        this.browser = portal.signedIn(portal.operator());
    }

    @AfterEach
    void goOn() {
        jdbc.sql("""
            update sync_cursor set paused_reason = null, operator_paused_at = null, operator_paused_by = null,
                   operator_paused_why = null
            """).update();
    }

    private String page(String path) {
        var answer = browser.get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.body().replaceAll("<[^>]+>", " ").replaceAll("\\s+", " ");
    }

    private String post(String what, Map<String, String> form) {
        return location(browser.post("/operator/sync/" + what, form));
    }

    private static String location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("location").orElseThrow();
    }

    private String lastAction() {
        return audit.page(Optional.empty(), 1).getFirst().action();
    }

    @Test
    void thePageShowsTheStateOfSync() {
        assertThat(page("/operator/sync"))
                .contains(
                        "Running",
                        "Sync lag",
                        "Calls to SteVe",
                        "Since last discovery",
                        "Answering",
                        "Sync now",
                        "Pause sync");
    }

    @Test
    void aRunListsItsErrorsByTransaction() {
        long run = jdbc.sql("""
            insert into sync_runs (trigger, started_at, finished_at, discovered, read, events_written)
            values ('schedule', now(), now() + interval '42 seconds', 3, 7, 11) returning id
            """).query(Long.class).single();
        for (int i = 1; i <= 3; i++) {
            jdbc.sql("""
                insert into sync_errors (sync_run_id, at, steve_transaction_id, reason) values (?, now(), nullif(?, 3), ?)
                """).params(run, i, "reason " + i).update();
        }
        assertThat(page("/operator/sync/" + run))
                .contains("Sync run #" + run, "42 s", "Transaction #1", "reason 1", "General", "reason 3");
        assertThat(browser.get("/operator/sync/" + run).body()).contains("href=\"/operator/transactions/2\"");
        assertThat(page("/operator/sync?before=" + (run + 1))).contains("#" + run, "42 s", "reason 1");
    }

    @Test
    void aGermanOperatorReadsWhatWentWrongInGerman() {
        var operator = portal.operator();
        jdbc.sql("update accounts set locale = 'de' where id = ?")
                .param(operator.id().value())
                .update();
        long run = jdbc.sql("insert into sync_runs (trigger, started_at) values ('schedule', now()) returning id")
                .query(Long.class)
                .single();
        jdbc.sql("""
            insert into sync_errors (sync_run_id, at, fault) values (?, now(),
                   '{"kind": "LEFT_OUT", "parts": [5, {"kind": "ID_TAG", "parts": [300, 255]}], "detail": "GET <x>"}')
            """).param(run).update();
        var german = portal.signedIn(operator);
        assertThat(german.get("/operator/sync/" + run).body())
                .contains("Transaktion 5 wird ausgelassen: Der idTag hat 300 Zeichen")
                .contains("<code class=\"quiet\" lang=\"en\">GET &lt;x&gt;</code>")
                .doesNotContain("is skipped");
        assertThat(german.get("/operator/sync?before=" + (run + 1)).body())
                .contains("Transaktion 5 wird ausgelassen: Der idTag hat 300 Zeichen")
                .doesNotContain("is skipped");
        assertThat(page("/operator/sync/" + run)).contains("Transaction 5 is skipped: the idTag has 300 characters");
    }

    @Test
    void requestingARunIsAudited() {
        assertThat(post("run", Map.of())).isEqualTo("/operator/sync?done=run");
        assertThat(lastAction()).isEqualTo("sync.run");
        assertThat(page("/operator/sync?done=run")).contains("Run started", "Operator");
    }

    @Test
    void syncIsPausedWithAReasonAndResumed() {
        var refused = browser.post("/operator/sync/pause", Map.of("reason", " "));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("Enter a reason");
        assertThat(post("pause", Map.of("reason", "SteVe moves house"))).endsWith("?done=paused");
        assertThat(lastAction()).isEqualTo("sync.pause");
        assertThat(page("/operator/sync"))
                .contains("Paused by Operator", "SteVe moves house", "Resume sync")
                .doesNotContain("Sync now");
        assertThat(post("run", Map.of())).endsWith("?done=is-paused");
        assertThat(post("pause", Map.of("reason", "Again"))).endsWith("?done=is-paused");
        assertThat(post("resume", Map.of())).endsWith("?done=resumed");
        assertThat(lastAction()).isEqualTo("sync.resume");
        assertThat(states.now().operatorPause()).isEmpty();
        assertThat(post("resume", Map.of())).endsWith("?done=is-running");
    }

    @Test
    void anAutomaticPauseIsShownWithItsReasonAndEndedByAnOperator() {
        jdbc.sql("update sync_cursor set paused_reason = '31 of 31 transactions are not in SteVe any more'")
                .update();
        assertThat(page("/operator/sync")).contains("31 of 31 transactions", "They are gone, continue", "Running");
        var refused = browser.post("/operator/sync/accept-vanished", Map.of());
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(post("accept-vanished", Map.of("reason", "I deleted them"))).endsWith("?done=accepted");
        assertThat(lastAction()).isEqualTo("sync.accept-vanished");
        assertThat(page("/operator/sync")).doesNotContain("31 of 31 transactions");
        assertThat(post("accept-vanished", Map.of("reason", "Again"))).endsWith("?done=is-running");
    }

    @Test
    void theApiPausesAndResumesSyncToo() {
        var script = portal.withToken(portal.operator());
        assertThat(script.call("POST", "/api/v1/operator/sync/pause", "{}").statusCode())
                .isEqualTo(422);
        assertThat(script.call("POST", "/api/v1/operator/sync/pause", "{\"reason\":\"Update\"}")
                        .statusCode())
                .isEqualTo(202);
        assertThat(script.get("/api/v1/operator/sync").body())
                .contains("\"reason\":\"Update\"", "\"steve\":\"closed\"");
        assertThat(script.call("POST", "/api/v1/operator/sync-runs", "").statusCode())
                .isEqualTo(409);
        assertThat(script.call("POST", "/api/v1/operator/sync/pause", "{\"reason\":\"Update\"}")
                        .statusCode())
                .isEqualTo(409);
        assertThat(script.call("POST", "/api/v1/operator/sync/resume", "").statusCode())
                .isEqualTo(202);
        assertThat(script.call("POST", "/api/v1/operator/sync/resume", "").statusCode())
                .isEqualTo(409);
        assertThat(pauses.resume(portal.operator().id())).isFalse();
    }
}
