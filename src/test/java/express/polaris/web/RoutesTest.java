package express.polaris.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.stereotype.Controller;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.context.support.StaticWebApplicationContext;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.util.ServletRequestPathUtils;

class RoutesTest {

    private final Routes routes = new Routes();

    @BeforeEach
    void withItsHandlers() {
        var context = new StaticWebApplicationContext();
        context.registerSingleton("handlers", Handlers.class);
        routes.setApplicationContext(context);
        routes.afterPropertiesSet();
    }

    @ParameterizedTest
    @CsvSource({
        "/, home",
        "/sessions, list",
        "/sessions/7, one",
        "/sess%69ons/7, one",
        "/other/name, named",
        "/first, either",
        "/second/7, either"
    })
    void findsWhatSpringWouldFind(String path, String handler) throws Exception {
        assertThat(handler("GET", path)).hasValue(handler);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/session", "/sessions/7/8", "/Sessions", "/other", "/sessions/"})
    void findsNothingWhereNothingIs(String path) throws Exception {
        assertThat(handler("GET", path)).isEmpty();
    }

    @Test
    void anAddressThatIsThereForAnotherMethodIsToldApart() throws Exception {
        assertThat(handler("POST", "/sessions/7")).hasValue("stop");
        assertThatThrownBy(() -> handler("DELETE", "/sessions/7"))
                .isInstanceOfSatisfying(
                        HttpRequestMethodNotSupportedException.class,
                        refused -> assertThat(refused.getSupportedMethods()).containsExactlyInAnyOrder("GET", "POST"));
    }

    private Optional<String> handler(String method, String path) throws Exception {
        var request = new MockHttpServletRequest(method, path);
        ServletRequestPathUtils.parseAndCache(request);
        return Optional.ofNullable(routes.getHandler(request))
                .map(chain -> (HandlerMethod) chain.getHandler())
                .map(HandlerMethod::getMethod)
                .map(Method::getName);
    }

    @Controller
    static class Handlers {

        @GetMapping("/")
        void home() {}

        @GetMapping("/sessions")
        void list() {}

        @GetMapping("/sessions/{id}")
        void one() {}

        @PostMapping("/sessions/{id}")
        void stop() {}

        @GetMapping("/{any}/name")
        void named() {}

        @GetMapping({"/first", "/second/{id}"})
        void either() {}
    }
}
