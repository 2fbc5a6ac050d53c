package express.polaris.stations.cards;

import static express.polaris.stations.cards.CardsFixture.NOON;
import static express.polaris.stations.cards.CardsFixture.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import express.polaris.accounts.AccountId;
import express.polaris.accounts.AccountReason;
import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.refusals.Fault;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.NotFound;
import express.polaris.platform.refusals.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.support.TransactionTemplate;

class CardLinkServiceTest {

    private static final String TAG = "04AB12CD34EF";
    private static final Instant ELEVEN = NOON.minus(Duration.ofHours(1));

    private final CardsFixture fixture = new CardsFixture();
    private final CardLinkService links = fixture.links;
    private final AccountId anna = fixture.anna;
    private final AccountId ben = fixture.ben;

    @Test
    void aFreeIdTagIsLinkedFromAnHourAgoByDefault() {
        var card = fixture.card(TAG, anna);

        assertThat(card.driver()).isEqualTo(anna);
        assertThat(card.from()).isEqualTo(ELEVEN);
        assertThat(card.until()).isEmpty();
        assertThat(card.label()).isEqualTo("04••••EF");
        assertThat(card.stateAt(NOON)).isEqualTo(CardState.ACTIVE);
    }

    @Test
    void anIdTagFreedWithinTheLastHourIsLinkedFromThatTime() {
        var first = fixture.card(TAG, anna);
        var halfPast = NOON.minus(Duration.ofMinutes(30));
        links.unlink(first.id(), Optional.of(halfPast));

        assertThat(fixture.card(TAG, ben).from()).isEqualTo(halfPast);
    }

    @Test
    void anIdTagHasOneOwnerAtATimeInAnyCase() {
        var card = fixture.card(TAG, anna);

        assertThatThrownBy(() -> link("04ab12cd34ef", ben, Optional.of(NOON)))
                .isInstanceOfSatisfying(Conflict.class, conflict -> {
                    assertThat(conflict.detail())
                            .isEqualTo("idTag 04••••EF belongs to driver " + anna.value() + " (card "
                                    + card.id().value() + ") from 2026-03-10T11:00:00Z, with no end set;"
                                    + " start after that, or unlink or transfer that card first.");
                });
    }

    @Test
    void theDatabaseItselfRefusesASecondOwner() {
        fixture.card(TAG, anna);
        var repository = new CardRepository(fixture.jdbc);

        assertThatThrownBy(() -> repository.insert(new IdTag(TAG), ben, NOON, "second", "red", NOON))
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining("ev_cards_one_owner_at_a_time");
    }

    @Test
    void onlyOneOfSixConcurrentLinksOfAnIdTagSucceeds() throws Exception {
        var outcomes = atOnce(6, number -> link(TAG, number % 2 == 0 ? anna : ben, Optional.empty()));

        assertThat(outcomes).hasSize(6);
        assertThat(outcomes).filteredOn(CardChange.class::isInstance).hasSize(1);
        assertThat(outcomes).filteredOn(Conflict.class::isInstance).hasSize(5);
        assertThat(fixture.cards.ofIdTag(new IdTag(TAG))).hasSize(1);
    }

    @Test
    void aLinkWithAPastStartAttachesOnlySessionsWithoutAnOwner() {
        var first = fixture.card(TAG, anna);
        fixture.charge(TAG, NOON.minus(Duration.ofMinutes(50))); // Anna owns it
        links.unlink(first.id(), Optional.of(NOON.minus(Duration.ofMinutes(40))));
        fixture.charge(TAG, NOON.minus(Duration.ofMinutes(30))); // no owner
        fixture.charge(TAG.toLowerCase(Locale.ROOT), NOON.minus(Duration.ofMinutes(20))); // no owner
        fixture.charge("OTHERTAG1", NOON.minus(Duration.ofMinutes(20)));

        var outcome = link(TAG, ben, Optional.empty());

        assertThat(outcome).satisfies(done -> {
            assertThat(done.attachedSessions()).isEqualTo(2);
            assertThat(fixture.sessionsOf(done.card())).isEqualTo(2);
        });
        assertThat(fixture.sessionsOf(first)).isEqualTo(1);
    }

    @Test
    void aSessionBeforeTheLinkStaysWithoutAnOwner() {
        fixture.charge(TAG, ELEVEN.minusSeconds(1));
        fixture.charge(TAG, ELEVEN);

        assertThat(link(TAG, anna, Optional.of(ELEVEN)))
                .satisfies(done -> assertThat(done.attachedSessions()).isEqualTo(1));
    }

    @Test
    void allErrorsInALinkAreReportedAtOnce() {

        assertThatThrownBy(() -> links.link(
                        new IdTag(TAG), anna, Optional.of("x".repeat(101)), Optional.of(NOON.plusSeconds(1))))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        invalid -> assertThat(invalid.faults())
                                .extracting(Fault::field)
                                .containsExactly("label", "from"));
        assertThatThrownBy(() -> link(TAG, anna, Optional.of(Instant.MIN))).isInstanceOf(InvalidInput.class);
    }

    @Test
    void anUnknownDriverIsAnErrorAndLeavesNoLink() {
        assertThatThrownBy(() -> link(TAG, new AccountId(4711), Optional.empty()))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        invalid -> assertThat(invalid.faults())
                                .containsExactly(
                                        new Fault("driverId", AccountReason.NO_DRIVER.with(new AccountId(4711)))));
        assertThat(fixture.cards.ofIdTag(new IdTag(TAG))).isEmpty();
    }

    @Test
    void aRefusedLinkDoesNotRollBackTheCallersTransaction() {
        fixture.card(TAG, anna);

        new TransactionTemplate(fixture.transactions).executeWithoutResult(status -> {
            fixture.charge("OTHERTAG1", NOON);
            assertThatThrownBy(() -> link(TAG, ben, Optional.empty())).isInstanceOf(Conflict.class);
        });

        assertThat(fixture.jdbc
                        .sql("select count(*) from charges")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void unlinkingEndsTheCardNow() {
        var card = fixture.card(TAG, anna);

        var ended = done(links.unlink(card.id(), Optional.empty()));

        assertThat(ended.until()).contains(NOON);
        assertThat(ended.stateAt(NOON)).isEqualTo(CardState.ENDED);
        assertThat(fixture.cards.ownerAt(new IdTag(TAG), NOON.minusNanos(1000))).contains(ended);
        assertThat(fixture.cards.ownerAt(new IdTag(TAG), NOON)).isEmpty();
    }

    @Test
    void aFutureEndCanBeMovedButAPastEndCannot() {
        var card = fixture.card(TAG, anna);
        var tomorrow = NOON.plus(Duration.ofDays(1));

        assertThat(done(links.unlink(card.id(), Optional.of(tomorrow))).stateAt(NOON))
                .isEqualTo(CardState.ACTIVE);
        assertThatThrownBy(() -> link(TAG, ben, Optional.empty())).isInstanceOf(Conflict.class);
        assertThat(done(links.unlink(card.id(), Optional.of(NOON))).until()).contains(NOON);
        assertThatThrownBy(() -> links.unlink(card.id(), Optional.of(tomorrow))).isInstanceOf(Conflict.class);
    }

    @Test
    void anEndBeforeTheStartOfAnOwnedSessionIsRefused() {
        var card = fixture.card(TAG, anna);
        var start = NOON.minus(Duration.ofMinutes(10));
        fixture.charge(TAG, start);

        assertThatThrownBy(() -> links.unlink(card.id(), Optional.of(start.minusSeconds(1))))
                .isInstanceOfSatisfying(
                        Conflict.class,
                        conflict -> assertThat(conflict.detail())
                                .contains("2026-03-10T11:49:59Z", "started with it at 2026-03-10T11:50:00Z"));
        assertThatThrownBy(() -> links.transfer(card.id(), ben, Optional.of(start.minusSeconds(1))))
                .isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> links.unlink(card.id(), Optional.of(start)))
                .isInstanceOf(Conflict.class); // the end is exclusive
        assertThat(done(links.unlink(card.id(), Optional.of(start.plusSeconds(1))))
                        .until())
                .contains(start.plusSeconds(1));
    }

    @Test
    void anOwnershipCannotEndBeforeItStarts() {
        var card = fixture.card(TAG, anna);

        assertThatThrownBy(() -> links.unlink(card.id(), Optional.of(ELEVEN.minusSeconds(1))))
                .isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> links.transfer(card.id(), ben, Optional.of(ELEVEN.minusSeconds(1))))
                .isInstanceOf(Conflict.class);
    }

    @Test
    void aTransferEndsOneOwnershipAndStartsTheOtherAtTheSameInstant() {
        var old = done(links.link(new IdTag(TAG), anna, Optional.of("Anna's fob"), Optional.empty()));
        var at = NOON.minus(Duration.ofMinutes(5));

        var next = done(links.transfer(old.id(), ben, Optional.of(at)));

        assertThat(next.driver()).isEqualTo(ben);
        assertThat(next.from()).isEqualTo(at);
        assertThat(next.label()).isEqualTo("04••••EF"); // the label was chosen by Anna
        assertThat(fixture.cards.find(old.id()).orElseThrow().until()).contains(at);
        assertThat(fixture.cards.ownerAt(new IdTag(TAG), at.minusSeconds(1)))
                .map(EvCard::driver)
                .contains(anna);
        assertThat(fixture.cards.ownerAt(new IdTag(TAG), at))
                .map(EvCard::driver)
                .contains(ben);
    }

    @Test
    void aTransferToAnUnknownDriverKeepsTheOldOwner() {
        var card = fixture.card(TAG, anna);

        assertThatThrownBy(() -> links.transfer(card.id(), new AccountId(4711), Optional.empty()))
                .isInstanceOf(InvalidInput.class);
        assertThat(fixture.cards.find(card.id())).contains(card);
    }

    @Test
    void onlyOneOfTwoConcurrentTransfersSucceeds() throws Exception {
        var card = fixture.card(TAG, anna);

        var outcomes = atOnce(4, number -> links.transfer(card.id(), ben, Optional.empty()));

        assertThat(outcomes).filteredOn(CardChange.class::isInstance).hasSize(1);
        assertThat(outcomes).filteredOn(Conflict.class::isInstance).hasSize(3);
    }

    @Test
    void aTransferIsRefusedToTheSameDriverOrForAnEndedCard() {
        var card = fixture.card(TAG, anna);

        assertThatThrownBy(() -> links.transfer(card.id(), anna, Optional.empty()))
                .isInstanceOf(Conflict.class);
        links.unlink(card.id(), Optional.empty());
        assertThatThrownBy(() -> links.transfer(card.id(), ben, Optional.empty()))
                .isInstanceOf(Conflict.class);
    }

    @Test
    void anUnknownCardIsNotFound() {
        assertThatThrownBy(() -> links.unlink(new EvCardId(4711), Optional.empty()))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> links.transfer(new EvCardId(4711), ben, Optional.empty()))
                .isInstanceOf(NotFound.class);
    }

    /** Fails if a session imported during a link is missed and never gets an owner. */
    @Test
    void aLinkWaitsForASessionThatIsBeingImported() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<CardChange> link = new TransactionTemplate(fixture.transactions).execute(status -> {
                fixture.charge(TAG, NOON.minus(Duration.ofMinutes(10)));
                var running = threads.submit(() -> link(TAG, anna, Optional.empty()));
                awaitBlockedBackend();
                return running;
            });

            assertThat(link.get(10, TimeUnit.SECONDS))
                    .satisfies(done -> assertThat(done.attachedSessions()).isEqualTo(1));
        }
    }

    private void awaitBlockedBackend() {
        await().until(() -> fixture.jdbc
                .sql("select exists (select from pg_locks where locktype = 'advisory' and not granted)")
                .query(Boolean.class)
                .single());
    }

    private CardChange link(String idTag, AccountId driver, Optional<Instant> from) {
        return links.link(new IdTag(idTag), driver, Optional.empty(), from);
    }

    private interface Attempt {
        CardChange run(int number);
    }

    private static List<Object> atOnce(int count, Attempt attempt) throws Exception {
        var barrier = new CyclicBarrier(count);
        try (var threads = Executors.newFixedThreadPool(count)) {
            var tasks = IntStream.range(0, count)
                    .<Callable<Object>>mapToObj(number -> () -> {
                        barrier.await();
                        try {
                            return attempt.run(number);
                        } catch (Refusal refusal) {
                            return refusal;
                        }
                    })
                    .toList();
            var outcomes = new ArrayList<Object>();
            for (var outcome : threads.invokeAll(tasks)) {
                outcomes.add(outcome.get());
            }
            return outcomes;
        }
    }
}
