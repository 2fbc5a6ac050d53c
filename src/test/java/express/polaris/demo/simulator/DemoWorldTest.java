package express.polaris.demo.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.testing.MutableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoWorldTest {

    private static final Instant LIVE = Instant.parse("2026-11-22T09:17:23.456Z");
    private static final Instant EPOCH = LIVE.minus(DemoWorld.HISTORY);

    private final MutableClock clock = new MutableClock(LIVE);

    @TempDir
    private Path directory;

    @Test
    void aHundredDaysHaveHundredsOfSessionsOnFiveCards() {
        try (var demo = DemoWorld.create(EPOCH, clock)) {
            var finished = transactions(demo).values().stream()
                    .filter(transaction -> !transaction.isActive())
                    .toList();

            assertThat(finished).hasSizeBetween(400, 650);
            assertThat(finished).allSatisfy(transaction -> {
                assertThat(transaction.startedAt()).isBetween(EPOCH, LIVE);
                assertThat(transaction.stopWattHours().orElseThrow()).isGreaterThan(transaction.startWattHours());
            });
            assertThat(finished.stream().collect(Collectors.groupingBy(SimulatedTransaction::idTag)))
                    .hasSize(5)
                    .allSatisfy((idTag, theirs) -> assertThat(theirs).hasSizeGreaterThan(5));
        }
    }

    @Test
    void aSessionStartsAtLeastEveryThreeMinutesForADay() {
        try (var demo = DemoWorld.create(EPOCH, clock)) {
            var lastCount = demo.steve().world().highestId();
            Instant lastStart = LIVE;
            for (int i = 0; i < 24 * 120; i++) {
                var live = demo.steve().world().activeTransactions().toList();
                assertThat(live.stream()
                                .filter(transaction -> transaction.idTag().startsWith("ADA")))
                        .as("Ada at " + clock.instant())
                        .isNotEmpty();
                assertThat(live.stream().filter(transaction -> !isStuck(transaction)))
                        .as("live at " + clock.instant())
                        .hasSizeGreaterThanOrEqualTo(2);
                assertThat(live.stream()
                                .map(transaction -> transaction.chargeBox().id() + transaction.connectorId()))
                        .as("one transaction a connector")
                        .doesNotHaveDuplicates();
                if (demo.steve().world().highestId() > lastCount) {
                    lastCount = demo.steve().world().highestId();
                    lastStart = clock.instant();
                }
                assertThat(Duration.between(lastStart, clock.instant())).isLessThan(Duration.ofMinutes(3));
                clock.advance(Duration.ofSeconds(30));
                demo.tick(clock.instant());
            }
        }
    }

    @Test
    void aWorldRebuiltLaterHasTheSameTransactions() {
        Map<Long, SimulatedTransaction> before;
        try (var demo = DemoWorld.create(EPOCH, clock)) {
            for (int i = 0; i < 200; i++) {
                clock.advance(Duration.ofSeconds(7));
                demo.tick(clock.instant());
            }
            before = transactions(demo);
        }
        clock.advance(Duration.ofHours(2));
        try (var demo = DemoWorld.create(EPOCH, clock)) {
            assertSameStarts(before, transactions(demo));
            assertThat(transactions(demo)).hasSizeGreaterThan(before.size());
        }
    }

    @Test
    void aJournalKeepsTransactionsAndAddsNoneForTheTimeTheDemoWasOff() {
        var journal = directory.resolve("demo").resolve("journal");
        Map<Long, SimulatedTransaction> before;
        long started;
        try (var demo = DemoWorld.create(EPOCH, clock, journal)) {
            pass(demo, Duration.ofMinutes(3));
            var free = demo.steve().world().chargeBox("PARK-1").commands();
            assertThat(free.remoteStart(Optional.of(2), DemoSite.CLEO_CARD)).isTrue();
            pass(demo, Duration.ofMinutes(4));
            started = onlyActive(demo, "PARK-1", 2).id();
            assertThat(free.remoteStop(started)).isTrue();
            pass(demo, Duration.ofMinutes(10));
            before = transactions(demo);
        }
        clock.advance(Duration.ofDays(3));
        for (int restart = 0; restart < 3; restart++) {
            try (var demo = DemoWorld.create(EPOCH, clock, journal)) {
                var after = transactions(demo);
                assertSameStarts(before, after);
                assertThat(get(after, started).end())
                        .isEqualTo(get(before, started).end());
                assertThat(after).hasSizeLessThan(before.size() + 20);
                assertThat(demo.steve().world().activeTransactions()).hasSizeGreaterThan(2);
                before = after;
                pass(demo, Duration.ofMinutes(1));
            }
        }
    }

    @Test
    void aTruncatedJournalLineIsIgnored() throws IOException {
        var journal = directory.resolve("journal");
        try (var demo = DemoWorld.create(EPOCH, clock, journal)) {
            pass(demo, Duration.ofMinutes(2));
        }
        Files.writeString(journal, "until\t2027-01", StandardOpenOption.APPEND);

        for (int restart = 0; restart < 2; restart++) {
            try (var demo = DemoWorld.create(EPOCH, clock, journal)) {
                assertThat(demo.steve().world().activeTransactions()).hasSizeGreaterThan(2);
            }
        }
        assertThat(journal).content().doesNotContain("2027");
    }

    @Test
    void aRemoteStartTakesThreeSecondsAndARemoteStopTwo() {
        try (var demo = DemoWorld.create(EPOCH, clock)) {
            var world = demo.steve().world();
            var station = world.chargeBox("GARAGE-2").commands();

            assertThat(station.remoteStart(Optional.of(2), DemoSite.BEN_CARD)).isTrue();
            assertThat(station.remoteStart(Optional.of(2), DemoSite.ADA_CARD)).isFalse();
            pass(demo, Duration.ofSeconds(3));
            var session = onlyActive(demo, "GARAGE-2", 2);
            assertThat(session.startedAt()).isEqualTo(LIVE.plusSeconds(3));
            assertThat(station.remoteStart(Optional.of(2), DemoSite.BEN_CARD)).isFalse();

            pass(demo, Duration.ofMinutes(2));
            assertThat(station.remoteStop(session.id())).isTrue();
            pass(demo, Duration.ofSeconds(2));
            var stopped = world.transaction(session.id()).orElseThrow();
            assertThat(stopped.isActive()).isFalse();
            var last = world.meterValues(session.id()).stream()
                    .filter(SimulatedMeterValue::isEnergy)
                    .toList()
                    .getLast();
            assertThat(last.value())
                    .isEqualTo(Long.toString(stopped.stopWattHours().orElseThrow()));
            assertThat(last.timestamp()).isEqualTo(stopped.stoppedAt().orElseThrow());
        }
    }

    @Test
    void aStationRefusesToStopAStuckSessionAndAManualStopClosesIt() {
        try (var demo = DemoWorld.create(EPOCH, clock)) {
            var world = demo.steve().world();
            var stuck = onlyActive(demo, "PARK-2", 2);

            assertThat(stuck.chargeBox().commands().remoteStop(stuck.id())).isFalse();
            world.stopByHand(stuck.id());

            var stop = world.transaction(stuck.id()).orElseThrow();
            assertThat(stop.stoppedAt()).contains(stuck.startedAt().plus(Duration.ofMinutes(40)));
            assertThat(world.meterValues(stuck.id()).getLast().timestamp())
                    .isEqualTo(stop.stoppedAt().orElseThrow());
        }
    }

    @Test
    void theTimetableHasExactlyTheConnectorsOfTheSite() {
        var connectors = DemoSite.chargers().stream()
                .flatMap(charger -> charger.connectors().stream()
                        .map(connector -> charger.chargeBoxId() + "/" + connector.id() + "/" + connector.maxKw()))
                .toList();

        assertThat(DemoSite.chargers()).hasSize(6);
        assertThat(DemoSite.CHARGE_POINTS.stream()
                        .map(point -> point.chargeBoxId() + "/" + point.connectorId() + "/" + point.maxWatts() / 1000))
                .containsExactlyElementsOf(connectors);
        assertThat(DemoSite.cards().stream().map(DemoCard::driverKey).distinct())
                .containsExactly("ada", "ben", "cleo");
    }

    private void pass(DemoWorld demo, Duration time) {
        for (long second = 0; second < time.toSeconds(); second++) {
            clock.advance(Duration.ofSeconds(1));
            demo.tick(clock.instant());
        }
    }

    private static boolean isStuck(SimulatedTransaction transaction) {
        return transaction.chargeBox().id().equals("PARK-2") && transaction.connectorId() == 2;
    }

    private static SimulatedTransaction onlyActive(DemoWorld demo, String chargeBoxId, int connectorId) {
        var found = demo.steve()
                .world()
                .activeTransactions()
                .filter(transaction ->
                        transaction.chargeBox().id().equals(chargeBoxId) && transaction.connectorId() == connectorId)
                .toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private static Map<Long, SimulatedTransaction> transactions(DemoWorld demo) {
        return demo.steve()
                .world()
                .transactions()
                .collect(Collectors.toMap(
                        SimulatedTransaction::id, Function.identity(), (one, other) -> one, TreeMap::new));
    }

    private static void assertSameStarts(
            Map<Long, SimulatedTransaction> before, Map<Long, SimulatedTransaction> after) {
        assertThat(after).containsKeys(before.keySet().toArray(Long[]::new));
        assertThat(before).allSatisfy((id, transaction) -> {
            assertThat(identity(get(after, id))).isEqualTo(identity(transaction));
            transaction
                    .stopWattHours()
                    .ifPresent(
                            stop -> assertThat(get(after, id).stopWattHours()).contains(stop));
        });
    }

    private static SimulatedTransaction get(Map<Long, SimulatedTransaction> transactions, long id) {
        return Objects.requireNonNull(transactions.get(id), "transaction " + id);
    }

    private static String identity(SimulatedTransaction transaction) {
        return transaction.chargeBox().id()
                + transaction.connectorId()
                + transaction.idTag()
                + transaction.startedAt()
                + transaction.startWattHours();
    }
}
