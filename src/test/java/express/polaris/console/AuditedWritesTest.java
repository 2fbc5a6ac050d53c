package express.polaris.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import express.polaris.testing.ApplicationTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Everything an operator can change, as the application itself lists it, and what the audit log calls it. Red means: a
 * new route writes something, and nobody has said which entry it leaves.
 */
@ApplicationTest
class AuditedWritesTest {

    /** It only asks, or shows what would happen. */
    private static final String CHANGES_NOTHING = "";

    private static final Map<String, String> WRITES = new TreeMap<>(Map.ofEntries(
            entry("POST /api/v1/operator/cards", "card.link"),
            entry("POST /api/v1/operator/cards/{id}/unlink", "card.unlink"),
            entry("POST /api/v1/operator/cards/{id}/transfer", "card.transfer"),
            entry("PUT /api/v1/operator/chargers/{chargeBoxId}", "charger.change"),
            entry("POST /api/v1/operator/drivers", "account.create"),
            entry("PATCH /api/v1/operator/drivers/{id}", "account.change"),
            entry("POST /api/v1/operator/transactions/{id}/confirm-energy", "session.confirm-energy"),
            entry("POST /api/v1/operator/transactions/{id}/force-close", "session.force-close"),
            entry("POST /api/v1/operator/transactions/{id}/owner", "session.owner"),
            entry("POST /api/v1/operator/invoices/run", "invoice.run"),
            entry("POST /api/v1/operator/credits", "credit.grant"),
            entry("POST /api/v1/operator/invoices/{number}/paid", "invoice.paid"),
            entry("POST /api/v1/operator/plans", "plan.save"),
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
            entry("POST /operator/cards/import", CHANGES_NOTHING),
            entry("POST /operator/cards/import/apply", "card.link"),
            entry("POST /operator/cards/tags/block", "tag.block"),
            entry("POST /operator/cards/tags/unblock", "tag.unblock"),
            entry("POST /operator/chargers", "charger.add"),
            entry("POST /operator/chargers/{chargeBoxId}", "charger.change"),
            entry("POST /operator/credits", "credit.grant"),
            entry("POST /operator/drivers/new", "account.create"),
            entry("POST /operator/drivers/{id}/profile", "account.change"),
            entry("POST /operator/drivers/{id}/disable", "account.change"),
            entry("POST /operator/drivers/{id}/enable", "account.change"),
            entry("POST /operator/drivers/{id}/role", "account.role"),
            entry("POST /operator/drivers/{id}/invite", "account.invite"),
            entry("POST /operator/drivers/{id}/reset", "account.reset"),
            entry("POST /operator/drivers/{id}/password", "account.password"),
            entry("POST /operator/drivers/{id}/view-as", "view-as.begin"),
            entry("POST /operator/drivers/{driver}/subscriptions", "subscription.start"),
            entry("POST /operator/drivers/{driver}/subscriptions/{subscription}/terminate", "subscription.terminate"),
            entry("POST /operator/transactions/{id}/force-close", "session.force-close"),
            entry("POST /operator/transactions/{id}/owner", "session.owner"),
            entry("POST /operator/transactions/{id}/confirm-energy", "session.confirm-energy"),
            entry("POST /operator/invoices/{number}/paid", "invoice.paid"),
            entry("POST /operator/invoices/run", "invoice.run"),
            entry("POST /operator/plans", "plan.save"),
            entry("POST /operator/plans/preview", CHANGES_NOTHING),
            entry("POST /operator/sync/run", "sync.run"),
            entry("POST /operator/sync/pause", "sync.pause"),
            entry("POST /operator/sync/resume", "sync.resume"),
            entry("POST /operator/sync/accept-vanished", "sync.accept-vanished"),
            entry("POST /operator/attention/seen", "attention.seen"),
            entry("POST /operator/mails/{id}/retry", "mail.retry")));

    private final RequestMappingHandlerMapping mappings;

    AuditedWritesTest(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mappings) {
        this.mappings = mappings;
    }

    @Test
    void everyWriteOfAnOperatorIsInTheList() {
        var routes = new TreeSet<String>();
        mappings.getHandlerMethods()
                .keySet()
                .forEach(mapping -> mapping.getPatternValues().stream()
                        .filter(path -> path.matches("(/api/v1)?/operator(/.*)?"))
                        .forEach(path -> mapping.getMethodsCondition().getMethods().stream()
                                .filter(method -> method != RequestMethod.GET)
                                .forEach(method -> routes.add(method + " " + path))));
        assertThat(routes).isEqualTo(WRITES.keySet());
    }

    @Test
    void everyEntryInTheListIsWrittenSomewhere() throws IOException {
        var sources = new StringBuilder();
        try (var files = Files.walk(Path.of("src/main/java"))) {
            for (var file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                sources.append(Files.readString(file));
            }
        }
        var code = sources.toString();
        WRITES.forEach((route, action) -> {
            if (!action.equals(CHANGES_NOTHING)) {
                assertThat(code).as(route).contains("\"" + action + "\"");
            }
        });
    }
}
