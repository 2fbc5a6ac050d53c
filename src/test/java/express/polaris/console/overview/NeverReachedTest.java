package express.polaris.console.overview;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.Account;
import express.polaris.documents.Texts;
import express.polaris.steve.SteveSymptom;
import express.polaris.sync.SyncConcerns;
import express.polaris.sync.SyncEngine;
import express.polaris.sync.SyncFault;
import express.polaris.testing.Browser;
import express.polaris.testing.Portal;
import express.polaris.testing.RunningPortal;
import express.polaris.testing.WrongSteve;
import express.polaris.web.views.SteveWords;
import java.time.Duration;
import java.util.Locale;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A new installation whose SteVe never gave a usable answer: what its pages say, and that none of it is green. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NeverReachedTest {

    private static final SteveWords ENGLISH = new SteveWords(Texts.of(Locale.ENGLISH));

    private WrongSteve steve;
    private RunningPortal running;
    private Portal portal;
    private Browser operator;
    private Account driver;

    @BeforeAll
    void aNewInstallation() {
        steve = new WrongSteve();
        running = RunningPortal.with(steve.baseUrl());
        portal = running.portal();
        operator = portal.signedIn(portal.operator());
        driver = portal.driver();
    }

    @AfterAll
    void stop() {
        running.close();
        steve.close();
    }

    private void untilItIsTried() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> running.bean(SyncConcerns.class).contact().isMissing());
    }

    private void answers(WrongSteve.Answer answer, SteveSymptom symptom) {
        steve.answers(answer);
        running.bean(SyncEngine.class).runNow();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> running.bean(SyncConcerns.class)
                        .contact()
                        .fault()
                        .flatMap(SyncFault::symptom)
                        .filter(symptom::equals)
                        .isPresent());
    }

    @ParameterizedTest
    @CsvSource({
        "NO_API_PASSWORD, API_ACCESS_OFF, webapi.value",
        "WRONG_PASSWORD, WRONG_PASSWORD, POLARIS_STEVE_PASSWORD",
        "SIGN_IN_PAGE, SIGN_IN_PAGE, without /manager",
        "REDIRECTED, REDIRECTED, https:// instead of http://",
        "OTHER_PAGE, OTHER_PAGE, Another service",
        "FORBIDDEN, FORBIDDEN, 3.13 or later",
        "NOT_FOUND, NOT_FOUND, context.path",
        "SERVER_ERROR, SERVER_ERROR, SteVe’s log",
        "OTHER_JSON, OTHER_JSON, Another program answers"
    })
    void everyPageSaysWhyAndWhatToDo(WrongSteve.Answer answer, SteveSymptom symptom, String advice) {
        answers(answer, symptom);

        var health = operator.get("/operator/health").body();
        assertThat(health)
                .contains("SteVe was never reached: " + ENGLISH.problem(symptom), ENGLISH.advice(symptom), advice)
                .doesNotContain("SteVe answers in", "All is well", "add up");

        var overview = operator.get("/operator").body();
        assertThat(overview)
                .contains("SteVe was never reached", ENGLISH.problem(symptom), ENGLISH.advice(symptom))
                .contains("id=\"attention-steve_never_reached\"", "Nothing to check yet")
                .contains(
                        "first-step-bad first-step-next\" id=\"step-steve\"",
                        "first-step-off \" id=\"step-transactions\"")
                .contains("first-step-off \" id=\"step-tags\"")
                .doesNotContain(
                        "Sync errors",
                        "expected a JSON",
                        "mark-good",
                        "Adds up",
                        "Up to date",
                        "Everything is accounted for");

        assertThat(operator.get("/operator/sync").body()).doesNotContain("mark-good", "Answering");
    }

    @Test
    void theHealthPageShowsTheEvidenceWithoutTheSessionOfSteve() {
        untilItIsTried();
        steve.answers(WrongSteve.Answer.SIGN_IN_PAGE);
        assertThat(operator.get("/operator/health").body())
                .contains("GET /api/v1/transactions was answered with 302 to /steve/manager/signin<")
                .doesNotContain("jsessionid", "node0abc");
    }

    @Test
    void aDriverReadsThatNoSessionsCanBeThereYet() {
        untilItIsTried();
        for (var path : new String[] {"/", "/sessions"}) {
            assertThat(portal.signedIn(driver).get(path).body())
                    .contains("The portal has tried to reach the charging system since")
                    .doesNotContain("POLARIS_", "SteVe");
        }
    }
}
