package express.polaris.sync;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static express.polaris.sync.SyncHarness.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import express.polaris.demo.simulator.CallKind;
import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.demo.simulator.StopActor;
import express.polaris.testing.TestDatabase;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Transactions far above the highest known id, and a first import of any size. */
class CatchUpTest {

    private static final Instant LONG_AGO = NOON.minus(Duration.ofDays(200));

    /** Maximum number of whole rows taken from the first list; the others are requested by id. */
    private static final int FROM_THE_LIST = 5_000;

    private final SimulatedSteve steve = new SimulatedSteve(Clock.systemUTC()).start();
    private final DataSource database = TestDatabase.fresh();
    private final SyncHarness harness = new SyncHarness(steve.baseUrl(), database);

    @AfterEach
    void close() {
        harness.close();
        steve.close();
    }

    private long stopped(Instant start) {
        long id = steve.world().startTransaction("CP1", 1, "TAG1", start, 1000);
        stop(id, start);
        return id;
    }

    private long stoppedBehindAGap(int ids, Instant start) {
        long id = steve.world().addTransactionWithGap(ids, "CP1", 1, "TAG1", start, 1000);
        stop(id, start);
        return id;
    }

    private void stop(long id, Instant start) {
        steve.world().stopTransaction(id, start.plusSeconds(600), 4000, Optional.of("Local"), StopActor.STATION);
    }

    private static int known(SyncHarness harness) {
        return harness.jdbc()
                .sql("select count(*) from transaction_sync_state")
                .query(Integer.class)
                .single();
    }

    @Test
    void oldTransactionsFarAboveTheHighestIdAreFoundWithinTwoMinutes() {
        stopped(NOON.minusSeconds(3600));
        harness.sync();
        long late = stoppedBehindAGap(5_237, LONG_AGO);
        long later = stoppedBehindAGap(300_000, LONG_AGO.plusSeconds(60));
        long calls = steve.callCount(CallKind.TRANSACTION_LIST);
        harness.syncFor(Duration.ofMinutes(2), Duration.ofMinutes(1));
        assertThat(harness.session(late).isFinal()).isTrue();
        assertThat(harness.isKnown(later)).isTrue();
        assertThat(steve.callCount(CallKind.TRANSACTION_LIST) - calls)
                .as("lists, probes and looks")
                .isLessThan(12);
        assertThat(harness.bean(SyncCursorRepository.class).read().highestProbedId())
                .isEqualTo(later);
    }

    @Test
    void anActiveTransactionFarAheadHidesNoneBelowIt() {
        stopped(NOON.minusSeconds(3600));
        harness.sync();
        long between = stoppedBehindAGap(3_000, LONG_AGO);
        long active = steve.world().addTransactionWithGap(4_000, "CP2", 1, "TAG1", NOON, 1000);
        harness.clock.advance(Duration.ofMinutes(1));
        harness.sync();
        assertThat(harness.isKnown(active)).isTrue();
        assertThat(harness.isKnown(between)).isTrue();
        long next = stopped(LONG_AGO);
        harness.clock.advance(Duration.ofSeconds(5));
        harness.sync();
        assertThat(harness.isKnown(next)).as("probed").isTrue();
    }

    @Test
    void aFirstImportListsTheNewestStartsFirstAndResumesAfterAKill() {
        stopped(Instant.parse("1970-01-01T00:00:00Z"));
        stopped(Instant.parse("2099-01-01T00:00:00Z"));
        int more = FROM_THE_LIST + 4_500;
        for (int i = 0; i < more; i++) {
            stopped(LONG_AGO.plusSeconds(i));
        }
        long live = steve.world().startTransaction("CP9", 1, "TAG1", NOON, 1000);
        discoverOnce(harness);
        assertThat(harness.isKnown(live)).isTrue();
        var progress = harness.bean(SyncCursorRepository.class).read().catchUp().orElseThrow();
        assertThat(progress.found()).isEqualTo(more + 3);
        assertThat(progress.left()).isEqualTo(more + 3 - FROM_THE_LIST);
        discoverOnce(harness);
        // 20 calls of 200
        assertThat(known(harness)).isEqualTo(FROM_THE_LIST + 4_000);
        try (var restarted = new SyncHarness(steve.baseUrl(), database)) {
            long meanwhile = stopped(LONG_AGO);
            discoverOnce(restarted);
            assertThat(restarted.isKnown(meanwhile)).isTrue();
            assertThat(known(restarted)).as("the rest came with the first list").isEqualTo(more + 4);
            restarted.discover(false);
            var cursor = restarted.bean(SyncCursorRepository.class).read();
            assertThat(cursor.firstImportDone()).isTrue();
            assertThat(cursor.catchUp()).isEmpty();
            assertThat(cursor.highestProbedId()).isEqualTo(meanwhile);
        }
    }

    private static void discoverOnce(SyncHarness harness) {
        var fence = harness.bean(SyncCursorRepository.class).lead("test", SyncEngine.LEASE);
        harness.bean(Discovery.class).run(fence.orElseThrow(), false);
    }

    @Test
    void aSteveThatCannotListEverythingIsQueriedById() {
        for (int i = 0; i < 500; i++) {
            stopped(LONG_AGO.plusSeconds(i));
        }
        stopped(NOON.minusSeconds(3600));
        var proxy = new WireMockServer(WireMockConfiguration.options().dynamicPort());
        proxy.start();
        try {
            var simulated = steve.baseUrl();
            proxy.stubFor(any(anyUrl())
                    .atPriority(2)
                    .willReturn(aResponse().proxiedFrom("http://127.0.0.1:" + simulated.getPort())));
            proxy.stubFor(get(urlPathEqualTo("/steve/api/v1/transactions"))
                    .atPriority(1)
                    .withQueryParam("type", equalTo("ALL"))
                    .withQueryParam("transactionPk", absent())
                    .withQueryParam("periodType", absent())
                    .willReturn(aResponse().withStatus(500)));
            try (var own = new SyncHarness(URI.create(proxy.baseUrl() + "/steve"), TestDatabase.fresh())) {
                own.discover(false);
                assertThat(known(own)).isEqualTo(501);
                assertThat(own.bean(SyncCursorRepository.class).read().firstImportDone())
                        .isTrue();
            }
        } finally {
            proxy.stop();
        }
    }
}
