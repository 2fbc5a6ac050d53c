package express.polaris.sync;

import static express.polaris.sync.SyncHarness.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.metering.MeterStop;
import express.polaris.metering.MeterValueText;
import express.polaris.metering.MeterValues;
import express.polaris.metering.SampledValue;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionStatus;
import express.polaris.sessions.TransactionFacts;
import express.polaris.sessions.events.ImportResult;
import express.polaris.sessions.events.KeptAnswer;
import express.polaris.sessions.events.SessionImport;
import express.polaris.steve.SteveTransactionDetails;
import express.polaris.units.Energy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The energy of a completed session is SteVe's stop value minus its start value, whatever the charger sends. */
class AccountingIdentityTest {

    private static final Instant START = NOON.minus(Duration.ofHours(2));
    private static final KeptAnswer NO_ROWS = KeptAnswer.builder().build();
    private static Optional<SyncHarness> harness = Optional.empty();
    private static long highestId;

    @BeforeContainer
    static void start() {
        harness = Optional.of(new SyncHarness(URI.create("http://127.0.0.1:9/steve")));
    }

    @AfterContainer
    static void stop() {
        harness.ifPresent(SyncHarness::close);
    }

    record Stop(int minute, long wattHours) {}

    /** The life of a session: the rows before the first read, between the reads, and after the stop. */
    record Life(
            long startWattHours,
            List<SampledValue> before,
            List<SampledValue> after,
            Optional<Stop> early,
            List<SampledValue> trailing,
            Stop last) {}

    @Property(tries = 80, shrinking = ShrinkingMode.OFF)
    void theEventsOfEveryCompletedSessionAddUp(@ForAll("lives") Life life) {
        var sync = harness.orElseThrow();
        sync.clock.set(NOON);
        long id = ++highestId;
        var rows = new ArrayList<>(life.before());
        tell(id, life, Optional.empty(), rows);
        assertConsistent(id);
        rows.addAll(life.after());
        tell(id, life, Optional.empty(), rows);
        assertConsistent(id);
        life.early().ifPresent(stop -> {
            tell(id, life, Optional.of(stop), rows);
            assertClosed(id, life, stop);
        });
        rows.addAll(life.trailing());
        sync.clock.advance(Duration.ofHours(2));
        tell(id, life, Optional.of(life.last()), rows);
        assertClosed(id, life, life.last());
        var events = sync.timeline(id);
        tell(id, life, Optional.of(life.last()), rows);
        assertThat(sync.timeline(id)).isEqualTo(events);
    }

    /** Imports the transaction and its details as SteVe would answer them. */
    private static void tell(long id, Life life, Optional<Stop> stop, List<SampledValue> rows) {
        var sync = harness.orElseThrow();
        sync.clock.advance(Duration.ofSeconds(31));
        var facts = new TransactionFacts(
                new SessionId(id),
                "CP1",
                1,
                "TAG1",
                START,
                Energy.ofWattHours(life.startWattHours()),
                stop.map(end -> new MeterStop(
                        at(end),
                        Optional.of(Energy.ofWattHours(end.wattHours())),
                        Optional.empty(),
                        Optional.empty())));
        var now = sync.clock.instant();
        sync.bean(SessionImport.class).discover(List.of(facts), now);
        assertThat(sync.bean(SessionImport.class).apply(facts, MeterValues.of(rows), NO_ROWS, now))
                .isInstanceOf(ImportResult.Taken.class);
    }

    private static void assertClosed(long id, Life life, Stop stop) {
        assertConsistent(id);
        var session = harness.orElseThrow().session(id);
        assertThat(session.isLive()).isFalse();
        boolean usable = stop.wattHours() >= life.startWattHours();
        assertThat(session.isFinal()).isEqualTo(usable);
        assertThat(session.closingFault().isPresent()).isNotEqualTo(usable);
        if (usable) {
            assertThat(session.energy()).isEqualTo(Energy.ofWattHours(stop.wattHours() - life.startWattHours()));
        }
    }

    private static void assertConsistent(long id) {
        var sync = harness.orElseThrow();
        var session = sync.session(id);
        var events = sync.timeline(id);
        assertThat(sum(sync, session)).as("the sum shown").isEqualTo(session.energy());
        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i).event().position()).isEqualTo(i);
        }
    }

    private static Energy sum(SyncHarness sync, ChargingSession session) {
        return sync.timeline(session.id().value()).stream()
                .map(row -> row.event().delta())
                .reduce(Energy.ZERO, Energy::plus);
    }

    private static Instant at(Stop stop) {
        return START.plusSeconds(60L * stop.minute());
    }

    @Provide
    Arbitrary<Life> lives() {
        var starts = Arbitraries.of(0L, 1000L, 123_456L);
        var stops = Combinators.combine(
                        Arbitraries.integers().between(-5, 130),
                        Arbitraries.frequencyOf(
                                Tuple.of(5, Arbitraries.longs().between(1000, 60_000)),
                                Tuple.of(1, Arbitraries.of(0L, 999L, 1000L, 9_999_999L))))
                .as(Stop::new);
        var rows = rows().list().ofMaxSize(12);
        return Combinators.combine(starts, rows, rows, stops.optional(), rows, stops)
                .as(Life::new);
    }

    /** Few distinct times, so that duplicates occur; any order; decimals, kWh, resets, glitches, hostile strings. */
    private static Arbitrary<SampledValue> rows() {
        var times = Arbitraries.integers().between(-3, 240).map(half -> START.plusSeconds(30L * half));
        var registers = Arbitraries.longs().between(0, 600).map(step -> Long.toString(1000 + step * 100));
        var odd = Arbitraries.of(
                "0", "12.5", "1100.0004", "5.05E5", "1E99999999", "", "NaN", "-3", "9999999999.9994", "1200,5");
        var values = Arbitraries.frequencyOf(Tuple.of(6, registers), Tuple.of(1, odd));
        var contexts = Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.just("Sample.Periodic")),
                Tuple.of(1, Arbitraries.just("Transaction.End")),
                Tuple.of(1, Arbitraries.just("Sample.Clock")));
        var measurands = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.just("Energy.Active.Import.Register")),
                Tuple.of(1, Arbitraries.of("Energy.Active.Import.Interval", "Power.Active.Import", "SoC")));
        var units = Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.just("Wh")), Tuple.of(1, Arbitraries.of("kWh", "W", "Percent")));
        return Combinators.combine(times, values, contexts, measurands, units)
                .as((at, value, context, measurand, unit) -> new SampledValue(
                        at,
                        value,
                        Optional.of(context),
                        Optional.empty(),
                        Optional.of(measurand),
                        Optional.empty(),
                        Optional.of(unit),
                        Optional.empty()));
    }

    /** Imports each recorded details answer of a stopped transaction. */
    @Test
    void theEventsOfEveryRecordedSessionAddUp() throws IOException {
        var json = JsonMapper.builder().build();
        var summed = new ArrayList<String>();
        try (var database = new SyncHarness(URI.create("http://127.0.0.1:9/steve"))) {
            for (var file : recordings()) {
                for (var table : List.of("synced_transaction_events", "steve_answers", "transaction_sync_state")) {
                    database.jdbc().sql("delete from " + table).update();
                }
                var body =
                        json.readTree(Files.readAllBytes(file)).path("response").path("body");
                if (!body.has("values")) {
                    continue;
                }
                var words = json.writeValueAsBytes(body);
                var details = SteveTransactionDetails.parse(words);
                var stop = details.transaction().stop();
                if (stop.isEmpty() || stop.get().value().isEmpty()) {
                    continue;
                }
                var row = (SteveRowReader.Row.Readable) SteveRowReader.row(details.transaction());
                var answer = AnswerReader.archived(new ByteArrayInputStream(words));
                var applied =
                        database.bean(SessionImport.class).apply(row.facts(), answer.values(), answer.kept(), NOON);
                assertThat(applied).as(file.getFileName().toString()).isInstanceOf(ImportResult.Taken.class);
                var start = energy(details.transaction().startValue());
                var end = energy(stop.get().value().get());
                long id = row.facts().id().value();
                var session = database.session(id);
                if (end.compareTo(start) >= 0) {
                    assertThat(session.status()).isEqualTo(SessionStatus.COMPLETED);
                    assertThat(sum(database, session))
                            .as(file.getFileName().toString())
                            .isEqualTo(end.minus(start))
                            .isEqualTo(session.energy());
                    summed.add(file.getFileName().toString());
                } else {
                    assertThat(session.status()).isEqualTo(SessionStatus.IN_PROGRESS);
                }
                assertThat(database.bean(SessionReadings.class)
                                .of(new SessionId(id), new SessionReadings.Slice.From(0, Integer.MAX_VALUE))
                                .orElseThrow()
                                .rows())
                        .as("what became of each row")
                        .hasSize(details.values().size()
                                - answer.kept().dropped().values().stream()
                                        .mapToInt(Integer::intValue)
                                        .sum());
            }
        }
        assertThat(summed).hasSizeGreaterThan(25);
    }

    private static Energy energy(String text) {
        return ((MeterValueText.Readable) MeterValueText.parse(text)).energy();
    }

    private static List<Path> recordings() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/express/polaris/steve/recordings"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("tx-details-"))
                    .sorted()
                    .toList();
        }
    }
}
