package express.polaris.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.context.ApplicationContext;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Addresses of every page, search, export and call of the API over a {@link SealedHistory}, as listed by the application's
 * routes: a new route is included automatically, and needs an example here if it has a variable.
 */
public final class EveryGet {

    /**
     * Streams, which end with their reader; things that exist for minutes; pages for people who are not signed in;
     * statements, of which the history has none.
     */
    private static final Set<String> LEFT_OUT = Set.of(
            "/api/v1/sessions/{id}/stream",
            "/api/v1/stream",
            "/starts/{id}",
            "/starts/{id}/state",
            "/api/v1/starts/{id}",
            "/demo/inbox",
            "/statements/{number}",
            "/api/v1/statements/{number}",
            "/api/v1/statements/{number}.pdf",
            "/api/v1/statements/{number}.csv",
            "/api/v1/operator/statements/{number}.pdf",
            "/api/v1/operator/statements/{number}.csv");

    private static final List<String> SEARCHES = List.of(
            "/operator/transactions?status=in_progress",
            "/operator/transactions?status=completed",
            "/operator/transactions?id={session}",
            "/operator/transactions?driver={driver}",
            "/operator/transactions?status=completed&driver={driver}",
            "/operator/transactions?idTag=GROWN7",
            "/operator/transactions?idTag=NOBODYS",
            "/operator/transactions?chargeBoxId=GROWN-7",
            "/operator/transactions?chargeBoxId=NOWHERE",
            "/operator/transactions?from=2024-01-01&to=2024-01-02",
            "/operator/transactions?linked=true",
            "/operator/transactions?linked=false",
            "/operator/transactions?stuck=true",
            "/operator/transactions?flag=awaiting_final_reading",
            "/operator/transactions?flag=flagged",
            "/operator/transactions?flag=clock",
            "/operator/transactions?flag=meter_reset",
            "/operator/transactions?flag=outlier",
            "/operator/transactions?flag=disputed",
            "/operator/transactions?flag=decided",
            "/operator/transactions?flag=implausible",
            "/operator/transactions?flag=reset_correction",
            "/operator/transactions?flag=correction",
            "/operator/transactions?flag=vanished",
            "/operator/transactions?flag=reused_id",
            "/operator/invoices?state=open",
            "/operator/invoices?state=overdue",
            "/operator/invoices?state=paid",
            "/operator/invoices?state=settled",
            "/operator/invoices?q=Driver%2010",
            "/operator/invoices?q=nobody",
            "/operator/invoices?q={invoice}",
            "/operator/invoices?year=2019",
            "/operator/invoices?before={invoice}",
            "/operator/drivers?search=grown-7",
            "/operator/drivers?search=nobody",
            "/operator/cards?search=GROWN7",
            "/operator/chargers?q=GROWN-7",
            "/operator/audit?action=account.sign-in",
            "/operator/audit?subject=nothing",
            "/sessions?card={card}",
            "/api/v1/operator/transactions?idTag=GROWN7",
            "/api/v1/operator/invoices?driverId={driver}&limit=3");

    /** Addresses that answer with everything there is, however much. */
    private static final Set<String> EXPORTS = Set.of(
            "/account/data.json",
            "/api/v1/operator/bookkeeping/datev.csv",
            "/api/v1/operator/bookkeeping/invoices.csv",
            "/api/v1/operator/bookkeeping/payments.csv",
            "/api/v1/sessions.csv",
            "/operator/bookkeeping/datev.csv",
            "/operator/bookkeeping/invoices.csv",
            "/operator/bookkeeping/payments.csv",
            "/operator/invoices.csv");

    private EveryGet() {}

    /** Whether this address is for operators. */
    public static boolean isOperators(String address) {
        return address.startsWith("/operator") || address.startsWith("/api/v1/operator");
    }

    public static boolean isExport(String address) {
        return EXPORTS.contains(address);
    }

    public static List<String> of(ApplicationContext application, SealedHistory history) {
        var examples = Map.of(
                "session", history.sessions().getFirst().toString(),
                "invoiced", history.sessions().getLast().toString(),
                "driver", Long.toString(history.driver()),
                "card", Long.toString(history.card()),
                "invoice", history.invoice(),
                "run", Long.toString(history.syncRun()));
        var addresses = new ArrayList<String>();
        for (var pattern : patterns(application)) {
            with(pattern).map(address -> filled(address, examples)).forEach(addresses::add);
        }
        addresses.stream().filter(address -> address.contains("{")).findFirst().ifPresent(address -> {
            throw new IllegalStateException("There is no example for " + address);
        });
        SEARCHES.stream().map(address -> filled(address, examples)).forEach(addresses::add);
        return addresses;
    }

    private static Stream<String> with(String pattern) {
        if (pattern.contains("transactions/{id}") || pattern.contains("sessions/{id}")) {
            return Stream.of(pattern.replace("{id}", "{session}"), pattern.replace("{id}", "{invoiced}"));
        }
        if (pattern.equals("/api/v1/invoices") || pattern.equals("/api/v1/operator/invoices")) {
            return Stream.of(pattern + "?limit=3");
        }
        return Stream.of(pattern.replace("drivers/{id}", "drivers/{driver}")
                .replace("cards/{id}", "cards/{card}")
                .replace("{year}", "2026")
                .replace("{number}", "{invoice}")
                .replace("sync/{id}", "sync/{run}")
                .replace("sync-runs/{id}", "sync-runs/{run}")
                .replace("{code}", "grown")
                .replace("{chargeBoxId}", "GROWN-7")
                .replace("chargers/{id}", "chargers/GR7"));
    }

    private static String filled(String address, Map<String, String> examples) {
        var filled = address;
        for (var example : examples.entrySet()) {
            filled = filled.replace("{" + example.getKey() + "}", example.getValue());
        }
        return filled;
    }

    private static List<String> patterns(ApplicationContext application) {
        return application
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .entrySet()
                .stream()
                .filter(route -> route.getValue().getBeanType().getName().startsWith("express.polaris"))
                .filter(route ->
                        route.getKey().getMethodsCondition().getMethods().contains(RequestMethod.GET))
                .flatMap(route -> route.getKey().getPatternValues().stream())
                .filter(pattern -> !LEFT_OUT.contains(pattern) && !pattern.startsWith("/sign-in"))
                .distinct()
                .sorted()
                .toList();
    }
}
