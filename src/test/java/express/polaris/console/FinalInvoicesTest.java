package express.polaris.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import express.polaris.accounts.Account;
import express.polaris.billing.invoicing.InvoiceService;
import express.polaris.billing.plans.Subscription;
import express.polaris.billing.plans.SubscriptionService;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.BillingData;
import express.polaris.testing.BillingData.Reading;
import express.polaris.testing.Browser;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Fails if an operator, or anyone with the database password, can change what was invoiced. */
@ApplicationTest
class FinalInvoicesTest {

    private final Portal portal;
    private final MutableClock clock;
    private final JdbcClient jdbc;
    private final InvoiceService invoices;
    private final SubscriptionService subscriptions;
    private final BillingData data;
    private Account driver;
    private Browser operator;
    private long session;
    private String number = "";

    FinalInvoicesTest(Portal portal, MutableClock clock, JdbcClient jdbc, ApplicationContext context) {
        this.portal = portal;
        this.clock = clock;
        this.jdbc = jdbc;
        this.invoices = context.getBean(InvoiceService.class);
        this.subscriptions = context.getBean(SubscriptionService.class);
        this.data = new BillingData(context);
        this.driver = portal.driver();
        this.operator = portal.browser();
    }

    /** Invoices April. */
    @BeforeEach
    void anInvoice() {
        clock.set(Instant.parse("2026-03-31T22:00:00Z"));
        driver = portal.driver();
        operator = portal.signedIn(portal.operator());
        data.subscribe(driver, "2026-03-31T22:00:00Z");
        session = data.charged(
                driver.id(), new Reading("2026-04-10T10:00:00Z", "4"), new Reading("2026-04-10T11:00:00Z", "6"));
        operator.post(
                "/operator/credits", Map.of("driver", driver.email(), "amount", "1", "reason", "Sorry", "session", ""));
        clock.at("2026-05-01T12:00:00Z");
        data.allIsReadAt("2026-05-01T12:00:00Z");
        operator.post("/operator/invoices/run", Map.of());
        number = invoices.page(Optional.of(driver.id()), Optional.empty(), 1)
                .getFirst()
                .number();
    }

    /** Every stored row that the invoice consists of or depends on, except its payment. */
    private List<String> billed() {
        return jdbc.sql("""
            with i as (select id from invoices where number = :number)
            select (to_jsonb(v) - 'paid_at')::text from invoices v where v.id in (select id from i)
            union all
            select to_jsonb(l)::text from invoice_lines l where l.invoice_id in (select id from i)
            union all
            select to_jsonb(x)::text from invoiced_sessions x where x.invoice_id in (select id from i)
            union all
            select to_jsonb(c)::text from credits c where c.invoice_id in (select id from i)
            union all
            select to_jsonb(e)::text from synced_transaction_events e where e.steve_transaction_id = :session
            union all
            select to_jsonb(s)::text from sealed_events s where s.steve_transaction_id = :session
            union all
            select (to_jsonb(p))::text from plans p join subscriptions s on s.plan_id = p.id where s.driver_id = :driver
            order by 1
            """)
                .param("number", number)
                .param("session", session)
                .param("driver", driver.id().value())
                .query((row, place) -> row.getString(1))
                .list();
    }

    @Test
    void noOperatorActionChangesAFinalInvoice() {
        var before = billed();
        // the invoice with at least 4 lines, its session, its credit, 2 events and their seals, the plan
        assertThat(before).hasSizeGreaterThan(9);
        Subscription subscription = subscriptions.of(driver.id()).getFirst();
        var page = "/operator/drivers/" + driver.id() + "/subscriptions";
        var stranger = portal.driver();

        assertThat(operator.post(
                                page + "/" + subscription.id().value() + "/terminate", Map.of("at", "2026-04-05T00:00"))
                        .statusCode())
                .isEqualTo(409);
        assertThat(operator.post(
                                page,
                                Map.of(
                                        "planCode",
                                        subscription.plan().code(),
                                        "startedAt",
                                        "2026-04-05T00:00",
                                        "billingTime",
                                        "calendar",
                                        "timeZone",
                                        "Europe/Berlin",
                                        "replace",
                                        "true"))
                        .statusCode())
                .isEqualTo(409);
        assertThat(operator.call(
                                "POST",
                                "/api/v1/operator/transactions/" + session + "/owner",
                                "{\"driverId\":" + stranger.id() + ",\"reason\":\"Theirs\"}")
                        .statusCode())
                .isEqualTo(409);
        assertThat(operator.post(
                                "/operator/plans",
                                Map.of(
                                        "code",
                                        subscription.plan().code(),
                                        "name",
                                        "Dearer",
                                        "interval",
                                        "monthly",
                                        "currency",
                                        "EUR",
                                        "fee",
                                        "99",
                                        "vatRate",
                                        "7",
                                        "model",
                                        "standard",
                                        "amount",
                                        "9"))
                        .statusCode())
                .isEqualTo(303);
        operator.call("PATCH", "/api/v1/operator/drivers/" + driver.id(), "{\"name\":\"Somebody else\"}");
        operator.call(
                "POST", "/api/v1/operator/transactions/" + session + "/confirm-energy", "{\"reason\":\"It is real\"}");
        operator.call(
                "POST",
                "/api/v1/operator/transactions/" + session + "/force-close",
                "{\"reason\":\"Stuck\",\"confirmZero\":true}");
        operator.post(
                "/operator/credits", Map.of("driver", driver.email(), "amount", "5", "reason", "More", "session", ""));
        operator.post("/operator/invoices/run", Map.of());
        var paid = operator.post("/operator/invoices/" + number + "/paid", Map.of("paidOn", "2026-05-01"));
        assertThat(paid.statusCode()).isEqualTo(303);
        var paidAt = invoices.find(number).orElseThrow().paidAt();
        clock.at("2026-05-20T12:00:00Z");
        operator.post("/operator/invoices/" + number + "/paid", Map.of("paidOn", "2026-05-20"));

        assertThat(billed()).isEqualTo(before);
        assertThat(invoices.find(number).orElseThrow().paidAt()).isEqualTo(paidAt);
    }

    @Test
    void theDatabaseRefusesEveryChangeToAFinalInvoice() {
        operator.post("/operator/invoices/" + number + "/paid", Map.of("paidOn", "2026-05-01"));
        var before = billed();
        var invoice = "(select id from invoices where number = '" + number + "')";
        for (var sql : List.of(
                "update invoices set total = total + 1, net = net + 1 where number = '" + number + "'",
                "update invoices set recipient_name = 'x' where number = '" + number + "'",
                "update invoices set number = '2026-777777' where number = '" + number + "'",
                "update invoices set number = null, drawn_up_at = null, finalized_at = null where number = '" + number
                        + "'",
                "update invoices set paid_at = null where number = '" + number + "'",
                "update invoices set paid_at = now() where number = '" + number + "'",
                "delete from invoices where number = '" + number + "'",
                "truncate invoices cascade",
                "update invoice_lines set amount = 0 where invoice_id = " + invoice,
                "delete from invoice_lines where invoice_id = " + invoice,
                "insert into invoice_lines (invoice_id, position, kind, text, amount) values (" + invoice
                        + ", 99, 'fee', 'x', 1)",
                "truncate invoice_lines",
                "delete from invoiced_sessions where invoice_id = " + invoice,
                "update credits set amount = 9 where invoice_id = " + invoice,
                "update credits set invoice_id = null where invoice_id = " + invoice,
                "update synced_transaction_events set kwh_delta = 9 where steve_transaction_id = " + session,
                "update synced_transaction_events set sealed_at = null where steve_transaction_id = " + session,
                "delete from synced_transaction_events where steve_transaction_id = " + session,
                "truncate synced_transaction_events cascade",
                "update sealed_events set before_kwh = 9 where steve_transaction_id = " + session,
                "delete from sealed_events where steve_transaction_id = " + session,
                "truncate sealed_events",
                "update transaction_sync_state set driver_id = null, ev_card_id = null where steve_transaction_id = "
                        + session,
                "delete from transaction_sync_state where steve_transaction_id = " + session,
                "update subscriptions set started_at = started_at - interval '1 day' where driver_id = " + driver.id(),
                "update subscriptions set plan_id = (select max(id) from plans where id <> plan_id) where driver_id = "
                        + driver.id(),
                "delete from subscriptions where driver_id = " + driver.id(),
                "update plans set fee = 0",
                "truncate plans cascade",
                "delete from accounts where id = " + driver.id())) {
            assertThatThrownBy(() -> jdbc.sql(sql).update()).as(sql).isInstanceOf(DataAccessException.class);
        }
        assertThat(billed()).isEqualTo(before);
    }
}
