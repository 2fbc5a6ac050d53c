package express.polaris.sessions.events;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.metering.MeterEvent;
import express.polaris.metering.ReadingFlag;
import express.polaris.metering.RowOutcome;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SyncedTransactionEvent;
import express.polaris.units.Energy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Sealed events stay; the energy they lack goes into one more event right after them. */
class EventReconciliationTest {

    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private static final SessionId ID = new SessionId(7);

    /** Events from registers at successive minutes, from the start value 0; the last event is the closing one. */
    private static List<MeterEvent> closed(long... registers) {
        var events = new ArrayList<MeterEvent>();
        for (int i = 0; i < registers.length; i++) {
            long from = i == 0 ? 0 : registers[i - 1];
            events.add(event(i, i + 1, from, registers[i], i == registers.length - 1));
        }
        return events;
    }

    private static MeterEvent event(int position, int minute, long from, long to, boolean isFinal) {
        return new MeterEvent(
                position,
                START.plusSeconds(60L * (minute - 1)),
                START.plusSeconds(60L * minute),
                Energy.ofWattHours(from),
                Energy.ofWattHours(to),
                Energy.ofWattHours(to - from),
                Optional.empty(),
                false,
                Optional.empty(),
                Set.of(),
                isFinal);
    }

    private static List<SyncedTransactionEvent> stored(List<MeterEvent> events, Set<Integer> sealed) {
        return events.stream()
                .map(event -> new SyncedTransactionEvent(
                        ID, event, START, sealed.contains(event.position()) ? Optional.of(START) : Optional.empty()))
                .toList();
    }

    private static List<Long> wattHours(List<MeterEvent> events) {
        return events.stream()
                .map(event -> event.delta().wattHours().longValueExact())
                .toList();
    }

    private static Energy sum(List<MeterEvent> events) {
        return events.stream().map(MeterEvent::delta).reduce(Energy.ZERO, Energy::plus);
    }

    @Test
    void theNewEventsReplaceTheStoredOnesWhenNoneAreSealed() {
        var answer = closed(100, 300);
        assertThat(EventReconciliation.target(stored(closed(50, 60, 70), Set.of()), answer))
                .isEqualTo(answer);
    }

    @Test
    void energyMissingFromASealedEventIsInTheNextEvent() {
        var before = closed(1000, 2000, 3000);
        // The first reading turns out to be 1200, and the stop 3500.
        var answer = closed(1200, 2000, 3500);
        var target = EventReconciliation.target(stored(before, Set.of(0, 1)), answer);
        // 1000 + 1000 as invoiced; 3500 - 2000
        assertThat(wattHours(target)).containsExactly(1000L, 1000L, 1500L);
        assertThat(target.getLast().isFinal()).isTrue();
    }

    @Test
    void aRecalledInvoicedReadingIsCorrectedRightAfterIt() {
        var before = closed(1000, 9000, 9500);
        var answer = closed(1000, 1500, 2000);
        var target = EventReconciliation.target(stored(before, Set.of(0, 1)), answer);
        // 1000 + 8000 as invoiced; 1500 - 9000; 2000 - 1500 as measured
        assertThat(wattHours(target)).containsExactly(1000L, 8000L, -7500L, 500L);
        assertThat(target.get(2).flags()).containsExactly(ReadingFlag.CORRECTION);
        assertThat(target.get(2).measuredAt()).isEqualTo(target.get(1).measuredAt());
        assertThat(target.get(2).meterTo()).isEqualTo(Energy.ofWattHours(1500));
        assertThat(target).extracting(MeterEvent::isFinal).containsExactly(false, false, false, true);
    }

    /** Fails if energy of one billing period is priced in another together with a correction. */
    @Test
    void energyMeasuredAfterTheSealedEventsIsNotPartOfACorrection() {
        var invoiced = closed(1000, 2500);
        var answer = closed(1000, 2000, 5000, 6000);
        var target = EventReconciliation.target(stored(invoiced, Set.of(0, 1)), answer);
        // 1000 + 1500 as invoiced; 2000 - 2500; 5000 - 2000 and 6000 - 5000 as measured
        assertThat(wattHours(target)).containsExactly(1000L, 1500L, -500L, 3000L, 1000L);
        assertThat(target.stream().filter(event -> event.flags().contains(ReadingFlag.CORRECTION)))
                .containsExactly(target.get(2));
    }

    @Test
    void aSealedClosingEventIsFollowedByACorrection() {
        var before = closed(1000, 2000);
        var answer = closed(1000, 2600);
        var target = EventReconciliation.target(stored(before, Set.of(0, 1)), answer);
        // 1000 + 1000 as invoiced; 2600 - 2000
        assertThat(wattHours(target)).containsExactly(1000L, 1000L, 600L);
        assertThat(target).extracting(MeterEvent::isFinal).containsExactly(false, true, true);
        assertThat(target.getLast().meterFrom()).isEqualTo(Energy.ofWattHours(2000));
        assertThat(target.getLast().meterTo()).isEqualTo(Energy.ofWattHours(2600));
    }

    @Test
    void aThirdRevisionCorrectsTheSealedCorrection() {
        var first = EventReconciliation.target(stored(closed(1000, 2000), Set.of(0, 1)), closed(1000, 2600));
        var second = EventReconciliation.target(stored(first, Set.of(0, 1, 2)), closed(1000, 1900));
        // 1000 + 1000 + 600 as invoiced; 1900 - 2600
        assertThat(wattHours(second)).containsExactly(1000L, 1000L, 600L, -700L);
    }

    @Test
    void anUnsealedEventBeforeASealedOneIsUpdated() {
        var before = closed(1000, 2000, 3000);
        var answer = closed(1400, 2000, 3000);
        var target = EventReconciliation.target(stored(before, Set.of(1)), answer);
        // 1400 is not invoiced yet, 1000 is; 2000 - 2400; 3000 - 2000 as measured
        assertThat(wattHours(target)).containsExactly(1400L, 1000L, -400L, 1000L);
    }

    @Test
    void anUnfinishedSessionHasNoCorrection() {
        var before = closed(1000, 2000);
        var answer = List.of(event(0, 1, 0, 1100, false), event(1, 2, 1100, 2000, false));
        var target = EventReconciliation.target(stored(before, Set.of(0)), answer);
        // 1000 as invoiced; 2000 - 1100 as measured
        assertThat(wattHours(target)).containsExactly(1000L, 900L);
        assertThat(target).noneMatch(MeterEvent::isFinal);
    }

    /** Row n of the answer made event n. */
    private static List<RowOutcome> outcomes(List<MeterEvent> answer) {
        return answer.stream()
                .map(event -> new RowOutcome(event.position(), Optional.of(event.position()), "energy"))
                .toList();
    }

    private static List<RowOutcome> inTimeline(List<SyncedTransactionEvent> stored, List<MeterEvent> answer) {
        var outcomes = outcomes(answer);
        var told = EventReconciliation.inTimeline(stored, answer, outcomes::get);
        return IntStream.range(0, outcomes.size()).mapToObj(told).toList();
    }

    @Test
    void aMeterValueBetweenSealedEventsHasTheOutcomeInvoiced() {
        var before = List.of(event(0, 2, 0, 1000, false), event(1, 4, 1000, 2000, false));
        // A late reading at minute 3 and a new one at minute 5.
        var answer = List.of(
                event(0, 2, 0, 1000, false),
                event(1, 3, 1000, 1500, false),
                event(2, 4, 1500, 2000, false),
                event(3, 5, 2000, 2600, false));
        var now = stored(EventReconciliation.target(stored(before, Set.of(0, 1)), answer), Set.of(0, 1));
        assertThat(inTimeline(now, answer))
                .containsExactly(
                        new RowOutcome(0, Optional.of(0), "energy"),
                        new RowOutcome(1, Optional.empty(), "invoiced"),
                        new RowOutcome(2, Optional.of(1), "energy"),
                        new RowOutcome(3, Optional.of(2), "energy"));
    }

    @Property
    void aMeterValuePointsToTheEventAtItsInstant(@ForAll("cases") Case given) {
        var sealed = new TreeSet<>(given.sealed());
        sealed.removeIf(position -> position >= given.before().size());
        var now = stored(EventReconciliation.target(stored(given.before(), sealed), given.answer()), sealed);
        var told = inTimeline(now, given.answer());
        assertThat(told)
                .filteredOn(outcome -> outcome.position().isPresent())
                .allSatisfy(outcome -> assertThat(now.get(outcome.position().orElseThrow())
                                .event()
                                .measuredAt())
                        .isEqualTo(given.answer().get(outcome.row()).measuredAt()))
                .extracting(RowOutcome::position)
                .doesNotHaveDuplicates();
    }

    record Case(List<MeterEvent> before, List<MeterEvent> answer, Set<Integer> sealed) {}

    @Provide
    Arbitrary<Case> cases() {
        var registers =
                Arbitraries.longs().between(0, 20_000).list().ofMinSize(1).ofMaxSize(8);
        var sealed = Arbitraries.integers().between(0, 7).set().ofMaxSize(8);
        return Combinators.combine(registers, registers, sealed)
                .as((before, answer, positions) -> new Case(
                        closed(before.stream().mapToLong(Long::longValue).toArray()),
                        closed(answer.stream().mapToLong(Long::longValue).toArray()),
                        positions));
    }

    @Property
    void theSumIsAlwaysStopMinusStart(@ForAll("cases") Case given) {
        var target = EventReconciliation.target(stored(given.before(), given.sealed()), given.answer());
        assertThat(sum(target)).isEqualTo(sum(given.answer()));
        assertThat(target.getLast().isFinal()).isTrue();
    }

    @Property
    void sealedEventsNeverChange(@ForAll("cases") Case given) {
        var rows = stored(given.before(), given.sealed());
        var changes = EventChanges.between(rows, EventReconciliation.target(rows, given.answer()));
        var sealed = rows.stream().filter(SyncedTransactionEvent::isSealed).toList();
        var target = EventReconciliation.target(rows, given.answer());
        assertThat(sealed).noneMatch(row -> changes.written().get(row.event().position()));
        for (var row : sealed) {
            assertThat(target.get(row.event().position()).delta())
                    .isEqualTo(row.event().delta());
            assertThat(target.get(row.event().position()).measuredAt())
                    .isEqualTo(row.event().measuredAt());
        }
    }

    @Property
    void positionsHaveNoGapsAndTimesNeverDecrease(@ForAll("cases") Case given) {
        var target = EventReconciliation.target(stored(given.before(), given.sealed()), given.answer());
        assertThat(target)
                .extracting(MeterEvent::position)
                .containsExactlyElementsOf(
                        IntStream.range(0, target.size()).boxed().toList());
        for (int i = 0; i < target.size(); i++) {
            assertThat(target.get(i).measuredAt())
                    .isAfterOrEqualTo(target.get(i).measuredFrom());
            if (i > 0) {
                assertThat(target.get(i).measuredAt())
                        .isAfterOrEqualTo(target.get(i - 1).measuredAt());
            }
        }
    }

    @Property
    void reconcilingAgainChangesNothing(@ForAll("cases") Case given) {
        var once = EventReconciliation.target(stored(given.before(), given.sealed()), given.answer());
        var sealed = new TreeSet<>(given.sealed());
        sealed.removeIf(position -> position >= given.before().size());
        var rows = stored(once, sealed);
        assertThat(EventChanges.between(rows, EventReconciliation.target(rows, given.answer()))
                        .isEmpty())
                .isTrue();
    }

    @Property
    void sealingEverythingInBetweenKeepsTheSum(@ForAll("cases") Case given) {
        var once = EventReconciliation.target(stored(given.before(), given.sealed()), given.answer());
        var all = new TreeSet<>(IntStream.range(0, once.size()).boxed().toList());
        var later = EventReconciliation.target(stored(once, all), given.before());
        assertThat(sum(later)).isEqualTo(sum(given.before()));
        var unchanged = EventReconciliation.target(stored(once, all), given.answer());
        assertThat(unchanged).hasSameSizeAs(once);
    }

    @Test
    void changesListTheWrittenAndTheAddedEvents() {
        var rows = stored(closed(1000, 2000), Set.of());
        var longer = EventChanges.between(rows, closed(1000, 2000, 2500));
        // The second event is no longer final, the third is new.
        assertThat(longer.written().stream()).containsExactly(1, 2);
        assertThat(longer.appendedFrom()).contains(2);
        assertThat(longer.earlierRowsChanged()).isTrue();
        var shorter = EventChanges.between(rows, closed(1000));
        assertThat(shorter.shorter()).isTrue();
        assertThat(shorter.appendedFrom()).isEmpty();
        assertThat(EventChanges.between(rows, closed(1000, 2000)).isEmpty()).isTrue();
    }
}
