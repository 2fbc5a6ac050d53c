package express.polaris.console;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.AuditLog;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Browser;
import express.polaris.testing.Portal;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Executes every write route of an operator, as listed by the application, and checks its audit entry. Fails if a new
 * route writes without an entry or has no example in {@link OperatorWrites}.
 */
@ApplicationTest
class AuditedWritesTest {

    /** The audit action of each route. */
    private static final Map<String, String> ACTIONS = new TreeMap<>(Map.ofEntries(
            entry("POST /api/v1/operator/cards", "card.link"),
            entry("POST /api/v1/operator/cards/{id}/unlink", "card.unlink"),
            entry("POST /api/v1/operator/cards/{id}/transfer", "card.transfer"),
            entry("PUT /api/v1/operator/chargers/{chargeBoxId}", "charger.add"),
            entry("PUT /api/v1/operator/driver-groups/{code}", "group.create"),
            entry("POST /api/v1/operator/driver-groups/{code}/members", "group.add"),
            entry("POST /api/v1/operator/driver-groups/{code}/members/{id}/end", "group.end"),
            entry("POST /api/v1/operator/driver-groups/{code}/plan", "group.plan"),
            entry("POST /api/v1/operator/drivers", "account.create"),
            entry("PATCH /api/v1/operator/drivers/{id}", "account.change"),
            entry("PUT /api/v1/operator/drivers/{id}/reimbursement", "reimbursement.change"),
            entry("POST /api/v1/operator/transactions/{id}/confirm-energy", "session.confirm-energy"),
            entry("POST /api/v1/operator/transactions/{id}/energy", "session.energy"),
            entry("POST /api/v1/operator/transactions/{id}/force-close", "session.force-close"),
            entry("POST /api/v1/operator/transactions/{id}/owner", "session.owner"),
            entry("POST /api/v1/operator/invoices/run", "invoice.run"),
            entry("POST /api/v1/operator/credits", "credit.grant"),
            entry("POST /api/v1/operator/invoices/{number}/paid", "invoice.paid"),
            entry("POST /api/v1/operator/payments/import", "payments.import"),
            entry("POST /api/v1/operator/invoices/{number}/cancel", "invoice.cancel"),
            entry("POST /api/v1/operator/invoices/{number}/replace", "invoice.replace"),
            entry("PUT /api/v1/operator/issuer", "issuer.save"),
            entry("PUT /api/v1/operator/drivers/{id}/billing-address", "billing-address.save"),
            entry("POST /api/v1/operator/plans", "plan.save"),
            entry("PUT /api/v1/operator/time-bands/{code}", "time-band.save"),
            entry("PUT /api/v1/operator/holidays", "holidays.save"),
            entry("PUT /api/v1/operator/charger-groups/{code}", "charger-group.save"),
            entry("PUT /api/v1/operator/price-series/{code}", "price-series.upload"),
            entry("POST /api/v1/operator/subscriptions", "subscription.start"),
            entry("POST /api/v1/operator/subscriptions/{id}/terminate", "subscription.terminate"),
            entry("POST /api/v1/operator/sync-runs", "sync.run"),
            entry("POST /api/v1/operator/sync/pause", "sync.pause"),
            entry("POST /api/v1/operator/sync/resume", "sync.resume"),
            entry("POST /api/v1/operator/sync/accept-vanished", "sync.accept-vanished"),
            entry("POST /operator/cards/link", "card.link"),
            entry("POST /operator/cards/{id}/transfer", "card.transfer"),
            entry("POST /operator/cards/{id}/unlink", "card.unlink"),
            entry("POST /operator/cards/{id}/block", "card.block"),
            entry("POST /operator/cards/{id}/unblock", "card.unblock"),
            entry("POST /operator/cards/{id}/found", "card.found"),
            entry("POST /operator/cards/import/apply", "card.link"),
            entry("POST /operator/cards/tags/block", "tag.block"),
            entry("POST /operator/cards/tags/unblock", "tag.unblock"),
            entry("POST /operator/chargers", "charger.add"),
            entry("POST /operator/chargers/{chargeBoxId}", "charger.change"),
            entry("POST /operator/chargers/{chargeBoxId}/distrust", "charger.distrust"),
            entry("POST /operator/credits", "credit.grant"),
            entry("POST /operator/driver-groups", "group.create"),
            entry("POST /operator/driver-groups/{code}", "group.change"),
            entry("POST /operator/driver-groups/{code}/members", "group.add"),
            entry("POST /operator/driver-groups/{code}/members/{member}/end", "group.end"),
            entry("POST /operator/driver-groups/{code}/plan", "group.plan"),
            entry("POST /operator/drivers/new", "account.create"),
            entry("POST /operator/drivers/{id}/profile", "account.change"),
            entry("POST /operator/drivers/{id}/disable", "account.change"),
            entry("POST /operator/drivers/{id}/enable", "account.change"),
            entry("POST /operator/drivers/{id}/role", "account.role"),
            entry("POST /operator/drivers/{id}/invite", "account.invite"),
            entry("POST /operator/drivers/{id}/reset", "account.reset"),
            entry("POST /operator/drivers/{id}/password", "account.password"),
            entry("POST /operator/drivers/{id}/view-as", "view-as.begin"),
            entry("POST /operator/drivers/{id}/identity/unlink", "identity.unlink"),
            entry("POST /operator/drivers/{id}/reimbursement", "reimbursement.change"),
            entry("POST /operator/drivers/{driver}/subscriptions", "subscription.start"),
            entry("POST /operator/drivers/{driver}/subscriptions/{subscription}/terminate", "subscription.terminate"),
            entry("POST /operator/transactions/{id}/energy", "session.energy"),
            entry("POST /operator/transactions/{id}/force-close", "session.force-close"),
            entry("POST /operator/transactions/{id}/owner", "session.owner"),
            entry("POST /operator/transactions/{id}/confirm-energy", "session.confirm-energy"),
            entry("POST /operator/invoices/{number}/paid", "invoice.paid"),
            entry("POST /operator/invoices/{number}/cancel", "invoice.cancel"),
            entry("POST /operator/invoices/{number}/replace", "invoice.replace"),
            entry("POST /operator/issuer", "issuer.save"),
            entry("POST /operator/drivers/{id}/billing-address", "billing-address.save"),
            entry("POST /operator/invoices/run", "invoice.run"),
            entry("POST /operator/bookkeeping/accounts", "bookkeeping.save"),
            entry("POST /operator/payments/import/apply", "payments.import"),
            entry("POST /operator/plans", "plan.save"),
            entry("POST /operator/prices/bands", "time-band.save"),
            entry("POST /operator/prices/holidays", "holidays.save"),
            entry("POST /operator/prices/groups", "charger-group.save"),
            entry("POST /operator/prices/series", "price-series.upload"),
            entry("POST /operator/sync/run", "sync.run"),
            entry("POST /operator/sync/pause", "sync.pause"),
            entry("POST /operator/sync/resume", "sync.resume"),
            entry("POST /operator/sync/accept-vanished", "sync.accept-vanished"),
            entry("POST /operator/attention/seen", "attention.seen"),
            entry("POST /operator/mails/{id}/retry", "mail.retry"),
            entry("POST /operator/health/test-mail", "mail.test"),
            entry("POST /operator/first-steps/hide", "steps.hide"),
            entry("POST /operator/first-steps/show", "steps.show"),
            entry("POST /operator/health/backup", "backup.run")));

    /** Routes without input that could be refused. */
    private static final Set<String> NEVER_REFUSED = Set.of(
            "POST /api/v1/operator/invoices/run",
            "POST /api/v1/operator/sync-runs",
            "POST /operator/invoices/run",
            "POST /operator/sync/run",
            "POST /operator/health/test-mail",
            "POST /operator/first-steps/hide",
            "POST /operator/first-steps/show",
            "POST /operator/health/backup");

    /** Routes that answer a lost race with a notice on the next page. */
    private static final Set<String> REFUSED_BY_A_NOTICE =
            Set.of("POST /operator/sync/resume", "POST /operator/mails/{id}/retry");

    private static final Set<String> CHANGE_NOTHING =
            Set.of("POST /operator/cards/import", "POST /operator/payments/import", "POST /operator/plans/preview");

    private final Portal portal;
    private final AuditLog audit;
    private final JdbcClient jdbc;
    private final OperatorWrites writes;
    private final RequestMappingHandlerMapping mappings;

    AuditedWritesTest(
            Portal portal,
            AuditLog audit,
            JdbcClient jdbc,
            ApplicationContext application,
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mappings) {
        this.portal = portal;
        this.audit = audit;
        this.jdbc = jdbc;
        this.writes = new OperatorWrites(application);
        this.mappings = mappings;
    }

    @AfterEach
    void syncGoesOn() {
        jdbc.sql("""
            update sync_cursor set paused_reason = null, operator_paused_at = null, operator_paused_by = null,
                   operator_paused_why = null
            """).update();
    }

    static Stream<String> routes() {
        return ACTIONS.keySet().stream();
    }

    @Test
    void everyWriteOfAnOperatorHasAnExample() {
        var routes = new TreeSet<String>();
        mappings.getHandlerMethods()
                .keySet()
                .forEach(mapping -> mapping.getPatternValues().stream()
                        .filter(path -> path.matches("(/api/v1)?/operator(/.*)?"))
                        .forEach(path -> mapping.getMethodsCondition().getMethods().stream()
                                .filter(method -> method != RequestMethod.GET)
                                .forEach(method -> routes.add(method + " " + path))));
        routes.removeAll(CHANGE_NOTHING);
        assertThat(ACTIONS.keySet()).isEqualTo(routes);
    }

    @ParameterizedTest
    @MethodSource("routes")
    void everyWriteIsAuditedWithoutSecrets(String route) {
        var example = writes.example(route);
        var operator = portal.operator();
        long before = lastId();
        var answer = send(portal.signedIn(operator), example);
        assertThat(answer.statusCode()).as(answer.body()).isLessThan(400);
        var entries = since(before).stream()
                .filter(entry -> entry.actor().equals(Optional.of(operator.id())))
                .toList();
        assertThat(entries).extracting(AuditLog.Entry::action).contains(ACTIONS.get(route));
        assertThat(entries).allSatisfy(entry -> {
            assertThat(entry.subject()).isNotBlank();
            for (var secret : writes.secrets()) {
                assertThat(entry.subject() + entry.details()).doesNotContainIgnoringCase(secret);
            }
        });
    }

    static Stream<String> refusableRoutes() {
        return routes().filter(route -> !NEVER_REFUSED.contains(route));
    }

    @ParameterizedTest
    @MethodSource("refusableRoutes")
    void aRefusedWriteIsNotAudited(String route) {
        var operator = portal.operator();
        long before = lastId();
        var path = route.substring(route.indexOf(' ') + 1).replaceAll("\\{[^}]+}", "999999999");
        var method = route.substring(0, route.indexOf(' '));
        var json = path.startsWith("/api") ? "{}" : "";
        var answer = send(portal.signedIn(operator), new OperatorWrites.Example(method, path, Map.of(), json));
        if (!REFUSED_BY_A_NOTICE.contains(route)) {
            assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
        }
        assertThat(since(before)).noneMatch(entry -> entry.actor().equals(Optional.of(operator.id())));
    }

    private static HttpResponse<String> send(Browser browser, OperatorWrites.Example example) {
        return example.json().isEmpty()
                ? browser.post(example.path(), example.form())
                : browser.call(example.method(), example.path(), example.json());
    }

    private long lastId() {
        return audit.page(Optional.empty(), 1).stream()
                .mapToLong(AuditLog.Entry::id)
                .findFirst()
                .orElse(0);
    }

    private List<AuditLog.Entry> since(long id) {
        return audit.page(Optional.empty(), 100).stream()
                .filter(entry -> entry.id() > id)
                .toList();
    }
}
