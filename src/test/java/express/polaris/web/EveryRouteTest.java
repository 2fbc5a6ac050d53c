package express.polaris.web;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.testing.Browser;
import express.polaris.testing.CapturedLog;
import express.polaris.testing.Portal;
import express.polaris.testing.RunningPortal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.session.SessionRepository;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Walks all routes of the portal, on a portal of its own; a new route is walked automatically. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryRouteTest {

    private static final List<String> ODD_VALUES = List.of(
            "1",
            "0",
            "-1",
            "9223372036854775807",
            "9223372036854775808",
            "1e999999999",
            "NaN",
            "\u0000",
            "\ud83d\ude97\u202e\u00e9",
            "' or 1=1 --",
            "<script>&amp;{{${1}}}",
            "../../etc/passwd",
            "2026-02-30",
            "+999999999-12-31",
            "-999999999-01-01T00:00:00Z",
            "%",
            "_",
            "\\",
            "a".repeat(1000),
            "");

    private static final Pattern VARIABLE = Pattern.compile("\\{([^}:]+)(:[^}]*)?}");
    private static final Pattern URI_TAG = Pattern.compile("http_server_requests_seconds_count\\{.*uri=\"([^\"]*)\".*");

    private final RunningPortal running = new RunningPortal();
    private final Portal portal = new Portal(
            running.bean(JdbcClient.class), running.bean(SessionRepository.class), running.bean(Environment.class));
    private final List<Route> routes = running
            .bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
            .getHandlerMethods()
            .entrySet()
            .stream()
            .filter(entry -> entry.getValue().getBeanType().getName().startsWith("express.polaris."))
            .flatMap(entry -> routes(entry.getKey(), entry.getValue()))
            .toList();

    /**
     * @param parameters names of the handler's parameters, which its query or form may have
     */
    private record Route(RequestMethod method, String pattern, List<String> parameters) {

        boolean isApi() {
            return pattern.startsWith("/api");
        }

        String path(String value) {
            return VARIABLE.matcher(pattern).replaceAll(encoded(value));
        }
    }

    private static Stream<Route> routes(RequestMappingInfo info, HandlerMethod handler) {
        var names = Arrays.stream(handler.getMethod().getParameters())
                .map(java.lang.reflect.Parameter::getName)
                .toList();
        var methods = info.getMethodsCondition().getMethods();
        return info.getPatternValues().stream()
                .flatMap(pattern -> (methods.isEmpty() ? List.of(RequestMethod.GET) : methods)
                        .stream().map(method -> new Route(method, pattern, names)));
    }

    @AfterAll
    void stop() {
        running.close();
    }

    @Test
    void noValueInAPathAQueryOrABodyIsAServerError() {
        var faults = new ArrayList<String>();
        try (var log = new CapturedLog()) {
            for (var route : routes) {
                var reader = reader(route);
                for (var value : ODD_VALUES) {
                    // A form may sign out, or close the account.
                    var browser = route.method() == RequestMethod.GET ? reader : reader(route);
                    int status = send(browser, route, value);
                    if (status >= 500) {
                        faults.add(status + " " + route + " " + value);
                    }
                }
            }
            assertThat(faults).isEmpty();
            assertThat(log.faults()).isEmpty();
        }
    }

    @Test
    void theMetricsHaveEachRouteByItsTemplate() {
        var operator = portal.signedIn(portal.operator());
        for (var route : routes) {
            if (route.method() == RequestMethod.GET && !route.pattern().contains("stream")) {
                operator.get(route.path("1"));
            }
        }
        for (int i = 0; i < 200; i++) {
            operator.get("/nothing-" + i);
            operator.get("/api/v1/nothing-" + i);
            operator.get("/assets/nothing-" + i);
            portal.browser().get("/sessions/" + i);
        }
        var measured = new TreeSet<String>();
        operator.get("/actuator/prometheus").body().lines().forEach(line -> {
            var tag = URI_TAG.matcher(line);
            if (tag.matches()) {
                measured.add(tag.group(1));
            }
        });
        var templates = routes.stream()
                .filter(route ->
                        route.method() == RequestMethod.GET && !route.pattern().contains("stream"))
                .map(Route::pattern)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(templates).hasSizeGreaterThan(80);
        assertThat(measured).containsAll(templates);
        assertThat(measured).noneMatch(uri -> uri.contains("nothing"));
    }

    private Browser reader(Route route) {
        var person = route.pattern().contains("/operator") ? portal.operator() : portal.driver();
        return route.isApi() ? portal.withToken(person) : portal.signedIn(person);
    }

    private static int send(Browser browser, Route route, String value) {
        var path = route.path(value);
        if (route.method() == RequestMethod.GET) {
            var query = route.parameters().stream()
                    .map(name -> name + "=" + encoded(value))
                    .collect(Collectors.joining("&"));
            return browser.beginning(path + "?" + query).statusCode();
        }
        if (route.isApi()) {
            var fields = route.parameters().stream()
                    .map(name -> "\"" + name + "\":\"" + json(value) + "\"")
                    .collect(Collectors.joining(","));
            return browser.call(route.method().name(), path, "{" + fields + "}").statusCode();
        }
        var form = new LinkedHashMap<String, String>();
        route.parameters().forEach(name -> form.put(name, value));
        return browser.post(path, form).statusCode();
    }

    private static String json(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\u0000", "\\u0000");
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
