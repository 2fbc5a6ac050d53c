package express.polaris.sync;

import static express.polaris.demo.simulator.SimulatedMeterValue.energy;
import static express.polaris.sync.SyncHarness.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.refusals.NotFound;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.ownership.OwnerCorrections;
import express.polaris.stations.cards.CardLinkService;
import express.polaris.stations.cards.IdTag;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A session belongs to the owner of its card at its start, permanently. */
class OwnershipTest {

    private static final Instant START = NOON.minus(Duration.ofMinutes(30));

    private final SimulatedSteve steve = new SimulatedSteve(Clock.systemUTC()).start();
    private final SyncHarness harness = new SyncHarness(steve.baseUrl());
    private final CardLinkService links = harness.bean(CardLinkService.class);

    @AfterEach
    void close() {
        harness.close();
        steve.close();
    }

    private long charging(String idTag, Instant start) {
        long id = steve.world().startTransaction("CP1", 1, idTag, start, 0);
        steve.world().addMeterValue(id, energy(start.plusSeconds(60), 1000));
        harness.sync();
        return id;
    }

    @Test
    void aTransferDuringASessionKeepsItsOwner() {
        var ada = harness.driver("ada");
        var ben = harness.driver("ben");
        var card = links.link(new IdTag("TAG1"), ada, Optional.empty(), Optional.of(START.minusSeconds(60)))
                .card();
        long id = charging("tag1", START);
        links.transfer(card.id(), ben, Optional.of(START.plusSeconds(60)));
        harness.clock.advance(Duration.ofMinutes(1));
        harness.sync();
        assertThat(harness.session(id).driver()).contains(ada);
        assertThat(harness.session(charging("TAG1", START.plusSeconds(61))).driver())
                .contains(ben);
    }

    @Test
    void endingAnOwnershipAtOrBeforeTheStartOfItsSessionIsRefused() {
        var ada = harness.driver("ada");
        var ben = harness.driver("ben");
        var card = links.link(new IdTag("TAG1"), ada, Optional.empty(), Optional.of(START.minusSeconds(60)))
                .card();
        long id = charging("TAG1", START);
        for (var at : new Instant[] {START, START.minusSeconds(1)}) {
            assertThatThrownBy(() -> links.unlink(card.id(), Optional.of(at))).isInstanceOf(Conflict.class);
            assertThatThrownBy(() -> links.transfer(card.id(), ben, Optional.of(at)))
                    .isInstanceOf(Conflict.class);
        }
        assertThat(harness.session(id).driver()).contains(ada);
        links.unlink(card.id(), Optional.of(START.plusMillis(1)));
    }

    @Test
    void aBackdatedLinkAttachesOnlySessionsWithoutAnOwner() {
        var ada = harness.driver("ada");
        var ben = harness.driver("ben");
        var card = links.link(new IdTag("TAG1"), ada, Optional.empty(), Optional.of(START.minusSeconds(60)))
                .card();
        long adas = charging("TAG1", START);
        links.unlink(card.id(), Optional.of(START.plusSeconds(10)));
        long nobodys = charging("TAG1", START.plusSeconds(30));
        long before = charging("TAG1", START.minusSeconds(600));
        assertThat(harness.session(nobodys).driver()).isEmpty();
        var outcome = links.link(new IdTag("tag1"), ben, Optional.empty(), Optional.of(START.plusSeconds(20)));
        assertThat(outcome.attachedSessions()).isEqualTo(1);
        assertThat(harness.session(nobodys).driver()).contains(ben);
        assertThat(harness.session(adas).driver()).contains(ada);
        assertThat(harness.session(before).driver()).isEmpty();
    }

    @Test
    void anOwnerIsCorrectedOnlyWhileNoEventIsSealed() {
        var ada = harness.driver("ada");
        var ben = harness.driver("ben");
        harness.link("TAG1", ada, START.minusSeconds(60));
        long id = charging("TAG1", START);
        var corrections = harness.bean(OwnerCorrections.class);
        corrections.correct(ada, new SessionId(id), ben, "borrowed card");
        assertThat(harness.session(id).driver()).contains(ben);
        assertThat(harness.session(id).card()).isEmpty();
        harness.jdbc()
                .sql("update synced_transaction_events set sealed_at = now()")
                .update();
        assertThatThrownBy(() -> corrections.correct(ada, new SessionId(id), ada, "no, not borrowed"))
                .isInstanceOf(Conflict.class);
        assertThat(harness.session(id).driver()).contains(ben);
        assertThatThrownBy(() -> corrections.correct(ada, new SessionId(999), ben, "?"))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void aSessionImportedDuringALinkGetsItsOwner() throws Exception {
        var ada = harness.driver("ada");
        for (int i = 0; i < 20; i++) {
            var tag = "RACE" + i;
            long id = steve.world().startTransaction("CP1", 1, tag, START, 0);
            var linking = Thread.ofVirtual().start(() -> harness.link(tag, ada, START.minusSeconds(60)));
            harness.discover(false);
            linking.join();
            assertThat(harness.session(id).driver()).as(tag).contains(ada);
        }
    }
}
