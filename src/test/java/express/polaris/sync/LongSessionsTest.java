package express.polaris.sync;

import static express.polaris.sync.SyncHarness.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.demo.simulator.CallKind;
import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.demo.simulator.SteveWorld;
import express.polaris.demo.simulator.StopActor;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionService;
import express.polaris.sessions.SessionStatus;
import express.polaris.sync.SessionReadings.Slice;
import express.polaris.testing.LongReadings;
import express.polaris.testing.MutableClock;
import express.polaris.units.Energy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sessions with unusually large answers. */
class LongSessionsTest {

    private final MutableClock steveClock = new MutableClock(NOON);
    private final SimulatedSteve steve = new SimulatedSteve(new SteveWorld(steveClock)).start();
    private final SyncHarness harness = new SyncHarness(steve.baseUrl());

    @AfterEach
    void close() {
        harness.close();
        steve.close();
    }

    /** 60 hours of nine values every 10 s: 194,400 rows, 34.5 MB. */
    @Test
    void aSessionOf60HoursCompletesWithItsEnergy() {
        var readings = longSession(Duration.ofHours(60));
        stop(1, readings);
        harness.sync();
        assertThat(harness.errorsOf(1)).isEmpty();
        var session = harness.session(1);
        assertThat(session.status()).isEqualTo(SessionStatus.COMPLETED);
        assertThat(session.energy()).isEqualTo(Energy.ofWattHours(108_000)); // 21,600 × 5
        assertThat(harness.bean(SessionService.class).eventCount(session.id())).isEqualTo(21_601);
        var page = page(1, new Slice.From(43_199, 5));
        assertThat(page.total()).isEqualTo(43_200); // 21,600 × 2
        assertThat(page.rows()).hasSize(1);
        assertThat(page.next()).isEmpty();
        assertThat(page.dropped())
                .isEqualTo(Map.of("Current.Offered", 21_600, "Current.Import", 64_800, "Voltage", 64_800));
        assertThat(steve.callCount(CallKind.TRANSACTION_DETAILS)).isEqualTo(1);
    }

    @Test
    void thePagesOfAnAnswerTogetherEqualTheAnswer() {
        stop(1, longSession(Duration.ofHours(3)));
        harness.sync();
        var whole = page(1, new Slice.From(0, Integer.MAX_VALUE));
        assertThat(whole.rows()).hasSize(2_160); // 3 × 360 × 2
        var together = new ArrayList<SessionReadings.Row>();
        for (var next = Optional.of(0); next.isPresent(); ) {
            var page = page(1, new Slice.From(next.get(), 200));
            together.addAll(page.rows());
            next = page.next();
        }
        assertThat(together).isEqualTo(whole.rows());
        var last = page(1, new Slice.Before(Optional.empty(), 50));
        assertThat(last.first()).isEqualTo(2_110); // 2,160 − 50
        assertThat(last.rows()).isEqualTo(whole.rows().subList(2_110, 2_160));
        assertThat(page(1, new Slice.Before(Optional.of(30), 50)).rows())
                .isEqualTo(whole.rows().subList(0, 30));
        assertThat(page(1, new Slice.From(5_000, 50)).rows()).isEmpty();
    }

    @Test
    void onlyTheLastChunksOfAGrowingAnswerAreRewritten() {
        longSession(Duration.ofHours(12));
        steveClock.set(NOON.minus(Duration.ofHours(6)));
        harness.clock.set(steveClock.instant());
        harness.sync();
        var before = chunks();
        assertThat(before).hasSize(2); // 6 h × 360 × 2 = 4,320 rows: two chunks of 2,000 and a shorter last one
        steveClock.set(NOON.minus(Duration.ofHours(5)));
        harness.clock.set(steveClock.instant());
        harness.sync();
        assertThat(harness.session(1).energy()).isEqualTo(Energy.ofWattHours(12_600)); // 7 h × 360 × 5
        assertThat(chunks()).startsWith(before.toArray(String[]::new));
        assertThat(page(1, new Slice.From(0, 1)).total()).isEqualTo(5_040); // 7 × 360 × 2
        assertThat(page(1, new Slice.From(0, Integer.MAX_VALUE)).rows()).hasSize(5_040);
    }

    @Test
    void anAnswerStoredAsWholeJsonByAnEarlierVersionIsStillReadable() throws IOException {
        stop(1, longSession(Duration.ofMinutes(10)));
        harness.sync();
        var told = page(1, new Slice.From(0, 200));
        assertThat(told.rows()).hasSize(120); // 60 × 2
        harness.jdbc().sql("""
            update steve_answers set answer = ?, facts = null, dropped = null, row_count = null, last_chunk = null
            """).param(wholeJson()).update();
        assertThat(page(1, new Slice.From(0, 200)).rows()).isEqualTo(told.rows());
        assertThat(page(1, new Slice.From(0, 200)).dropped()).isEqualTo(told.dropped());
        steve.world().stopTransaction(1, NOON, 3_000, Optional.of("Local"), StopActor.STATION);
        harness.clock.advance(Duration.ofMinutes(1));
        harness.sync(true);
        assertThat(harness.jdbc()
                        .sql("select count(*) from steve_answers where answer is null")
                        .query(Integer.class)
                        .single())
                .as("replaced by the next answer")
                .isEqualTo(1);
    }

    private LongReadings longSession(Duration length) {
        var readings = new LongReadings(NOON.minus(length), length, 1_000);
        long id = steve.world().startTransaction("CP1", 1, "TAG1", readings.start(), 1_000);
        steve.world().readings(id, readings);
        return readings;
    }

    private void stop(long id, LongReadings readings) {
        steve.world()
                .stopTransaction(
                        id,
                        readings.stop(),
                        1_000 + readings.wattHours(),
                        Optional.of("EVDisconnected"),
                        StopActor.STATION);
    }

    private SessionReadings.Page page(long id, Slice slice) {
        return harness.bean(SessionReadings.class).of(new SessionId(id), slice).orElseThrow();
    }

    /** Position and writing transaction of each chunk but the last. */
    private List<String> chunks() {
        return harness.jdbc()
                .sql("select position || ' ' || xmin from steve_answer_chunks order by position")
                .query((row, number) -> row.getString(1))
                .list();
    }

    private byte[] wholeJson() throws IOException {
        var values = new ArrayList<String>();
        steve.world()
                .meterValues(1)
                .forEach(value -> values.add("""
            {"valueTimestamp":"%s","value":"%s","readingContext":"%s","format":"%s","measurand":"%s","location":"%s",
             "unit":"%s","phase":%s}""".formatted(
                                value.timestamp(),
                                value.value(),
                                value.context().orElseThrow(),
                                value.format().orElseThrow(),
                                value.measurand().orElseThrow(),
                                value.location().orElseThrow(),
                                value.unit().orElseThrow(),
                                value.phase().map(phase -> '"' + phase + '"').orElse("null"))));
        var transaction = """
            {"id":1,"chargeBoxId":"CP1","connectorId":1,"ocppIdTag":"TAG1","startTimestamp":"%s","startValue":"1000",
             "stopTimestamp":"%s","stopValue":"1300","stopReason":"EVDisconnected","stopEventActor":"station"}
            """.formatted(NOON.minus(Duration.ofMinutes(10)), NOON);
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(("{\"transaction\":" + transaction + ",\"values\":[" + String.join(",", values) + "]}")
                    .getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }
}
