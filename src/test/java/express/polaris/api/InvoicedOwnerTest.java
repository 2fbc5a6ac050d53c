package express.polaris.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import express.polaris.accounts.Account;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionService;
import express.polaris.stations.cards.CardLinkService;
import express.polaris.stations.cards.IdTag;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.BillingData;
import express.polaris.testing.BillingData.Reading;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The owner of an invoiced session never changes. Fails if an invoice can become wrong about its owner. */
@ApplicationTest
class InvoicedOwnerTest {

    private final Portal portal;
    private final MutableClock clock;
    private final JdbcClient jdbc;
    private final SessionService sessions;
    private final CardLinkService links;
    private final BillingData data;
    private Account ada;
    private Account ben;
    private long session;

    InvoicedOwnerTest(
            Portal portal,
            MutableClock clock,
            JdbcClient jdbc,
            SessionService sessions,
            CardLinkService links,
            ApplicationContext application) {
        this.portal = portal;
        this.clock = clock;
        this.jdbc = jdbc;
        this.sessions = sessions;
        this.links = links;
        this.data = new BillingData(application);
        this.ada = portal.driver();
        this.ben = portal.driver();
    }

    @BeforeEach
    void adaHasAnInvoicedSession() {
        clock.set(Instant.parse("2026-03-31T22:00:00Z"));
        ada = portal.driver();
        ben = portal.driver();
        data.subscribe(ada, "2026-03-31T22:00:00Z");
        session = data.charged(ada.id(), new Reading("2026-04-20T12:00:00Z", "4"));
        clock.set(Instant.parse("2026-06-01T12:00:00Z"));
        data.allIsReadAt("2026-06-01T12:00:00Z");
        portal.withToken(portal.operator()).call("POST", "/api/v1/operator/invoices/run", "");
        // The scheduled job may have claimed the subscription at the same time; then the call leaves it to the job.
        await().untilAsserted(() -> assertThat(jdbc.sql("select count(*) from synced_transaction_events"
                                + " where steve_transaction_id = ? and sealed_at is not null")
                        .param(session)
                        .query(Long.class)
                        .single())
                .isEqualTo(1));
    }

    private void staysAdas() {
        assertThat(sessions.find(new SessionId(session)).orElseThrow().driver()).contains(ada.id());
    }

    @Test
    void theDatabaseRefusesToChangeTheOwnerOfAnInvoicedSession() {
        for (var owner : new Long[] {ben.id().value(), null}) {
            assertThatThrownBy(() -> jdbc.sql(
                                    "update transaction_sync_state set driver_id = ? where steve_transaction_id = ?")
                            .param(owner)
                            .param(session)
                            .update())
                    .hasMessageContaining("is refused: its rows never change");
        }
        staysAdas();
    }

    @Test
    void noOperatorActionMovesAnInvoicedSession() {
        var console = portal.withToken(portal.operator());
        var correction = console.call(
                "POST",
                "/api/v1/operator/transactions/" + session + "/owner",
                "{\"driverId\":" + ben.id() + ",\"reason\":\"It was Ben\"}");
        assertThat(correction.statusCode()).isEqualTo(409);
        staysAdas();
        links.link(new IdTag("TAG"), ben.id(), Optional.empty(), Optional.of(Instant.parse("2026-01-01T00:00:00Z")));
        staysAdas();
        portal.signedIn(portal.operator())
                .post("/operator/drivers/" + ada.id() + "/disable", Map.of("blockTags", "true"));
        staysAdas();
    }

    @Test
    void aSessionThatIsNotInvoicedIsMoved() {
        long free = data.charged(ada.id(), new Reading("2026-06-20T12:00:00Z", "4"));
        jdbc.sql("update transaction_sync_state set driver_id = ? where steve_transaction_id = ?")
                .param(ben.id().value())
                .param(free)
                .update();
        assertThat(sessions.find(new SessionId(free)).orElseThrow().driver()).contains(ben.id());
    }
}
