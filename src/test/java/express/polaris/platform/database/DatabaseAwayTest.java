package express.polaris.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import express.polaris.testing.Browser;
import express.polaris.testing.CapturedLog;
import express.polaris.testing.OwnDatabase;
import express.polaris.testing.Portal;
import express.polaris.testing.RunningPortal;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.session.SessionRepository;

/** The portal while its database refuses connections, or accepts them and hangs. */
class DatabaseAwayTest {

    private static final int REQUESTS = 100;

    /** Reached only by a request that waits for the database. */
    private static final long LONGEST_SECONDS = 30;

    private final OwnDatabase database;
    private final RunningPortal running;
    private Browser person;
    private Browser script;
    private Browser operator;
    private Browser nobody;

    DatabaseAwayTest(@TempDir Path directory) throws Exception {
        database = new OwnDatabase(directory);
        running = RunningPortal.on(database);
    }

    @BeforeEach
    void signIn() {
        var portal = new Portal(
                running.bean(JdbcClient.class), running.bean(SessionRepository.class), running.bean(Environment.class));
        var driver = portal.driver();
        person = portal.signedIn(driver).withHeader("Accept-Language", "de");
        script = portal.withToken(driver);
        operator = portal.signedIn(portal.operator());
        nobody = portal.browser();
        assertThat(person.get("/sessions").statusCode()).isEqualTo(200);
        assertThat(script.get("/api/v1/sessions").statusCode()).isEqualTo(200);
        assertThat(nobody.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
    }

    @AfterEach
    void stop() throws Exception {
        database.thaw();
        running.close();
        database.close();
    }

    @Test
    void aDatabaseThatIsDownIsSaidAtOnceAndComesBack() throws Exception {
        database.stop();
        everythingIsSaid();
        database.start();
        everythingComesBack();
    }

    @Test
    void aDatabaseThatHangsIsSaidAtOnceAndComesBack() throws Exception {
        database.freeze();
        everythingIsSaid();
        database.thaw();
        everythingComesBack();
    }

    private void everythingIsSaid() throws Exception {
        try (var log = new CapturedLog()) {
            for (var answer : atOnce()) {
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
                assertThat(answer.headers().firstValue("Content-Security-Policy"))
                        .isPresent();
            }
            var page = person.get("/sessions");
            assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
            assertThat(page.body())
                    .contains("lang=\"de\"", "Datenbank", "nichts geht verloren", "href=\"\">Noch einmal versuchen<");
            var problem = script.get("/api/v1/sessions");
            assertThat(problem.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(problem.body()).contains("\"status\":503", "database");
            assertThat(log.faults())
                    .noneMatch(fault -> fault.contains("dispatcherServlet") || fault.contains("ProblemResolver"));
        }
        assertThat(nobody.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(person.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(script.get("/actuator/health/liveness").body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(nobody.get("/actuator/health/readiness").statusCode()).isEqualTo(503);
        assertThat(nobody.get("/manifest.webmanifest").statusCode()).isEqualTo(200);
        assertThat(person.get("/webjars/htmx.org/2.0.10/dist/htmx.min.js").statusCode())
                .isEqualTo(200);
    }

    private void everythingComesBack() {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(nobody.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
            assertThat(person.get("/sessions").statusCode()).isEqualTo(200);
            assertThat(script.get("/api/v1/sessions").statusCode()).isEqualTo(200);
            assertThat(operator.get("/operator").statusCode()).isEqualTo(200);
        });
    }

    /** Many more requests at the same time than there are connections. */
    private List<HttpResponse<String>> atOnce() throws Exception {
        var calls = List.<Callable<HttpResponse<String>>>of(
                () -> person.get("/sessions"),
                () -> script.get("/api/v1/sessions"),
                () -> script.get("/api/v1/sessions.csv"),
                () -> operator.get("/operator"),
                () -> nobody.post("/sign-in", Map.of("email", "nobody@people.example", "password", "wrong")));
        var answers = new ArrayList<Future<HttpResponse<String>>>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < REQUESTS; i++) {
                answers.add(executor.submit(calls.get(i % calls.size())));
            }
            var result = new ArrayList<HttpResponse<String>>();
            for (var answer : answers) {
                result.add(answer.get(LONGEST_SECONDS, TimeUnit.SECONDS));
            }
            return result;
        }
    }
}
