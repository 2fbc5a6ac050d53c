package express.polaris.console;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Browser;
import express.polaris.testing.Portal;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Walks every route of the console, as listed by the application, so a new route is included automatically. Fails if a
 * driver can distinguish a console page from an unknown address.
 */
@ApplicationTest
class ConsoleRoutesTest {

    private static final Set<String> DIFFER_BY_NATURE = Set.of("date", "x-request-id", "connection");

    private final Portal portal;
    private final RequestMappingHandlerMapping mappings;

    ConsoleRoutesTest(Portal portal, @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mappings) {
        this.portal = portal;
        this.mappings = mappings;
    }

    private record Route(String method, String path) {}

    private record Answer(int status, Map<String, List<String>> headers, String body) {}

    private List<Route> routes() {
        var routes = mappings.getHandlerMethods().entrySet().stream()
                .filter(handler ->
                        handler.getValue().getBeanType().getPackageName().startsWith("express.polaris.console"))
                .flatMap(handler -> handler.getKey().getPatternValues().stream()
                        .flatMap(path -> handler.getKey().getMethodsCondition().getMethods().stream()
                                .map(method -> new Route(method.name(), path.replaceAll("\\{[^}]+}", "1")))))
                .toList();
        assertThat(routes).contains(new Route("GET", "/operator"));
        return routes;
    }

    private static Answer ask(Browser browser, Route route) {
        HttpResponse<String> answer =
                route.method().equals("GET") ? browser.get(route.path()) : browser.post(route.path(), Map.of());
        var headers = new TreeMap<>(answer.headers().map());
        headers.keySet().removeIf(name -> DIFFER_BY_NATURE.contains(name.toLowerCase(Locale.ROOT)));
        return new Answer(answer.statusCode(), headers, answer.body());
    }

    @Test
    void everyConsoleRouteHasTheSamePrefix() {
        assertThat(routes()).allSatisfy(route -> assertThat(route.path()).matches("/operator(/.*)?"));
    }

    @Test
    void everyConsoleRouteIsNotFoundForADriver() {
        var driver = portal.signedIn(portal.driver());
        for (var route : routes()) {
            var nothing = ask(driver, new Route(route.method(), "/nothing-is-here"));
            assertThat(nothing.status()).isEqualTo(404);
            assertThat(ask(driver, route)).as(route.toString()).isEqualTo(nothing);
        }
    }

    @Test
    void anAnonymousVisitorIsAskedToSignIn() {
        for (var route : routes()) {
            var answer = ask(portal.browser(), route);
            assertThat(answer.status()).as(route.toString()).isEqualTo(303);
            assertThat(answer.headers()).as(route.toString()).containsEntry("location", List.of("/sign-in"));
        }
    }
}
