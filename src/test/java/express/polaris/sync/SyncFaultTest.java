package express.polaris.sync;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.TransactionFacts;
import express.polaris.steve.SteveSymptom;
import express.polaris.testing.TestDatabase;
import express.polaris.units.Energy;
import express.polaris.web.views.FaultWords;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class SyncFaultTest {

    private static final Instant AT = Instant.parse("2026-05-01T10:00:00Z");
    private static final FaultWords GERMAN =
            new FaultWords(Texts.of(Locale.GERMAN), new Format(Locale.GERMANY, ZoneOffset.UTC));

    private static SyncFault stored(SyncFault fault) {
        var runs = new SyncRunRepository(JdbcClient.create(TestDatabase.fresh()));
        long run = runs.begin("schedule", AT).id();
        runs.addError(run, Optional.of(5L), fault, AT);
        return runs.find(run).orElseThrow().errors().getFirst().fault();
    }

    private static TransactionFacts facts(String chargeBox) {
        return new TransactionFacts(
                new SessionId(5), chargeBox, 1, "TAG", AT, Energy.ofWattHours("1000.5"), Optional.empty());
    }

    @Test
    void aFaultIsReadAsItWasWritten() {
        for (var fault : List.of(
                SyncFault.of(SyncReason.STEVE_RESTS.with()),
                SyncFault.of(SyncReason.STEVE_TIMEOUT.with(), "GET /api/v1/transactions {0} \"quoted\" 'so' 🔋"),
                SyncFault.of(SyncReason.START.with(AT, AT.minusNanos(1_000), AT))
                        .within(SyncReason.LEFT_OUT, 5L),
                SyncFault.conflict(facts("{5} to (x) \"1\""), facts("2026-13-01 kWh")),
                SyncFault.of(SyncReason.WORDS.with("31 of 31")))) {
            var stored = stored(fault);
            assertThat(stored.english()).isEqualTo(fault.english());
            assertThat(stored.detail()).isEqualTo(fault.detail());
            assertThat(GERMAN.of(stored)).isEqualTo(GERMAN.of(fault));
        }
        assertThat(stored(SyncFault.of(SyncReason.NOT_STORED.with(), "a\0b" + "x".repeat(2000)))
                        .detail()
                        .orElseThrow())
                .startsWith("a bx")
                .hasSize(1000);
    }

    @Test
    void programsGetTheSentenceAndTheDetail() {
        assertThat(SyncFault.of(SyncReason.STEVE_UNREACHABLE.with(), "no connection")
                        .english())
                .isEqualTo("No connection to SteVe: no connection");
        assertThat(SyncFault.of(SyncReason.START_VALUE.with(), "empty")
                        .within(SyncReason.LEFT_OUT, 5L)
                        .english())
                .isEqualTo("Transaction 5 is skipped: the start value cannot be read: empty");
        assertThat(SyncFault.conflict(facts("{5}"), facts("CP2")).english())
                .isEqualTo("Transaction 5 is known as a session at {5}/1 that started at 2026-05-01T10:00:00Z with"
                        + " 1000.500 Wh; SteVe now has another at CP2/1 that started at 2026-05-01T10:00:00Z with 1000.500 Wh."
                        + " Was SteVe reinstalled, or does POLARIS_STEVE_BASE_URL point to another SteVe?");
    }

    @Test
    void everyReasonWhySteveGivesNoAnswerIsOverOnceItAnswers() {
        assertThat(SteveSymptom.values())
                .allSatisfy(symptom -> assertThat(SyncFault.OVER_WHEN_STEVE_ANSWERS)
                        .contains(SyncReason.of(symptom).name()));
    }

    @Test
    void aGermanReadsGermanAndWordsThatWereStoredBeforeAsTheyAre() {
        assertThat(GERMAN.of(SyncFault.of(SyncReason.START.with(AT, AT, AT)).within(SyncReason.LEFT_OUT, 5L)))
                .isEqualTo("Transaktion 5 wird ausgelassen: Der Beginn 01.05.2026, 10:00 liegt nicht zwischen"
                        + " 01.05.2026, 10:00 und 01.05.2026, 10:00");
        var down = SyncFault.of(SyncReason.STEVE_UNREACHABLE.with(), "no connection");
        assertThat(GERMAN.of(down)).isEqualTo("Keine Verbindung zu SteVe");
        assertThat(GERMAN.detail(down)).contains("no connection");
        assertThat(GERMAN.of(SyncFault.of(SyncReason.WORDS.with("{1} is {0}")))).isEqualTo("{1} is {0}");
    }

    @Test
    void errorsThatWereWordsGetTheirReasonWhereItIsCertain() {
        var url = TestDatabase.emptyUrl();
        Flyway.configure().dataSource(url, "postgres", "").target("33").load().migrate();
        var source = new PGSimpleDataSource();
        source.setUrl(url);
        var jdbc = JdbcClient.create(source);
        var words = List.of(
                "SteVe is not asked for a while: its last answers were not usable",
                "SteVe gave no usable answer (TIMEOUT): GET /x\nwas not (answered): \"so\"",
                "SteVe gave no usable answer (SOMETHING): else",
                "Discovery failed; the log has the details",
                "7 of 9 transactions of the last 90 days are not in SteVe any more."
                        + " Was SteVe reinstalled, or is POLARIS_STEVE_BASE_URL another SteVe's? They are left as they are.",
                "Transaction 5 cannot be stored");
        jdbc.sql("insert into sync_runs (trigger, started_at) values ('start', now())")
                .update();
        words.forEach(
                it -> jdbc.sql("insert into sync_errors (sync_run_id, at, reason) select id, now(), ? from sync_runs")
                        .param(it)
                        .update());

        Flyway.configure().dataSource(url, "postgres", "").load().migrate();

        var errors =
                new SyncRunRepository(jdbc).list(Optional.empty(), 1).getFirst().errors();
        assertThat(errors).hasSameSizeAs(words).extracting(SyncError::reason).contains(words.get(2), words.get(5));
        assertThat(errors)
                .extracting(error -> error.fault().wording().reason())
                .containsExactly(
                        SyncReason.STEVE_RESTS,
                        SyncReason.STEVE_TIMEOUT,
                        SyncReason.WORDS,
                        SyncReason.DISCOVERY_FAILED,
                        SyncReason.VANISHED,
                        SyncReason.WORDS);
    }
}
