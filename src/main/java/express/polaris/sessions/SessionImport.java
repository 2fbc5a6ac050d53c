package express.polaris.sessions;

import express.polaris.cards.Cards;
import express.polaris.cards.IdTag;
import express.polaris.chargers.ChargeBoxId;
import express.polaris.chargers.Chargers;
import express.polaris.metering.MeterEvent;
import express.polaris.metering.MeterSeries;
import express.polaris.metering.MeterStop;
import express.polaris.metering.MeteredTransaction;
import express.polaris.metering.ReadingFlag;
import express.polaris.metering.RowOutcome;
import express.polaris.metering.SampledValue;
import express.polaris.units.Energy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes SteVe's answers over into sessions. Everything here is safe to repeat, on several nodes too: a session's row is
 * held while it is written, and an older answer never replaces a newer one.
 */
@Service
public class SessionImport {

    /** A start that lies further back than this when it is first seen active comes from a station without a clock. */
    private static final Duration OLDEST_ACTIVE_START = Duration.ofDays(7);

    private final StateRepository states;
    private final EventRepository events;
    private final SteveAnswers answers;
    private final Cards cards;
    private final Chargers chargers;
    private final ApplicationEventPublisher publisher;
    private final Clock clock;

    SessionImport(
            StateRepository states,
            EventRepository events,
            SteveAnswers answers,
            Cards cards,
            Chargers chargers,
            ApplicationEventPublisher publisher,
            Clock clock) {
        this.states = states;
        this.events = events;
        this.answers = answers;
        this.cards = cards;
        this.chargers = chargers;
        this.publisher = publisher;
        this.clock = clock;
    }

    /**
     * Takes over rows of one of SteVe's lists: unknown sessions begin, known ones may close. A list never reopens a
     * session; only a read of its details does, for a list may be older than what is stored.
     *
     * <p>Ownerships are held before sessions are, and both in the order of their ids, so that two nodes and an operator
     * who links a card do not wait for one another.
     *
     * @param requestedAt when the list was asked for; it says nothing of sessions that were read after that
     */
    @Transactional
    public Map<SessionId, Discovered> discover(Collection<TransactionFacts> rows, Instant requestedAt) {
        var now = now();
        var known = states.known(rows.stream().map(TransactionFacts::id).toList());
        var inOrder =
                rows.stream().sorted(Comparator.comparing(TransactionFacts::id)).toList();
        var outcomes = new HashMap<SessionId, Discovered>();
        for (var row : inOrder) {
            if (!known.containsKey(row.id())) {
                outcomes.put(row.id(), begin(row, now));
            }
        }
        for (var row : inOrder) {
            var stored = Optional.ofNullable(known.get(row.id()));
            stored.ifPresent(session -> outcomes.put(row.id(), compare(session, row, requestedAt, now)));
        }
        return outcomes;
    }

    private Discovered begin(TransactionFacts facts, Instant now) {
        boolean clockless = facts.stop().isEmpty() && facts.startedAt().isBefore(now.minus(OLDEST_ACTIVE_START));
        var startedAt = clockless ? now : facts.startedAt();
        var owner = cards.ownerAt(new IdTag(facts.idTag()), startedAt);
        if (!states.insert(facts, startedAt, clockless ? Set.of(StateRepository.CLOCK) : Set.of(), owner, now)) {
            return new Discovered.Unchanged();
        }
        chargers.seen(new ChargeBoxId(facts.chargeBoxId()), facts.connectorId(), now);
        publisher.publishEvent(new SessionStarted(facts.id()));
        return new Discovered.Started();
    }

    private Discovered compare(StateRepository.Stored stored, TransactionFacts row, Instant requestedAt, Instant now) {
        if (!stored.facts().isSameTransactionAs(row)) {
            return new Discovered.Conflict(conflict(stored.facts(), row));
        }
        if (saysNothingNew(stored, row, requestedAt)) {
            return new Discovered.Unchanged();
        }
        if (saysNothingNew(states.lock(row.id()).orElseThrow(), row, requestedAt)) {
            return new Discovered.Unchanged();
        }
        if (row.stop().isEmpty()) {
            states.nextPoll(row.id(), Optional.of(now));
            return new Discovered.Doubtful();
        }
        publishProgress(row.id(), states.closed(row, now), Optional.empty(), false);
        return new Discovered.Closed();
    }

    private static boolean saysNothingNew(StateRepository.Stored stored, TransactionFacts row, Instant requestedAt) {
        if (stored.wasReadAfter(requestedAt)) {
            return true;
        }
        return row.stop().isEmpty()
                ? stored.isLive() || stored.wasClosedAfter(requestedAt)
                : row.stop().equals(stored.facts().stop()) && !stored.isGone();
    }

    /**
     * Takes over SteVe's details of a transaction: the events become what the answer says, as far as no invoice has
     * them.
     *
     * @param values SteVe's rows, all of them
     * @param json SteVe's words, kept for explanation
     * @param requestedAt when the answer was asked for; an answer asked for earlier than the one that is stored is left
     */
    @Transactional
    public Applied apply(TransactionFacts facts, List<SampledValue> values, byte[] json, Instant requestedAt) {
        var now = now();
        var stored = states.lock(facts.id());
        if (stored.isEmpty()) {
            begin(facts, now);
            stored = states.lock(facts.id());
        }
        var known = stored.orElseThrow();
        if (!known.facts().isSameTransactionAs(facts)) {
            return new Applied.Conflict(conflict(known.facts(), facts));
        }
        boolean closedSince = facts.stop().isEmpty() && known.wasClosedAfter(requestedAt);
        if (closedSince || known.wasReadAfter(requestedAt)) {
            return new Applied.Outdated();
        }
        var series = MeterSeries.of(metered(facts, known.startedAt()), values, now);
        var rows = known.mayHaveEvents() ? events.of(facts.id()) : List.<SyncedTransactionEvent>of();
        var target = EventReconciliation.target(rows, series.events());
        var changes = EventChanges.between(rows, target);
        write(facts.id(), changes, target.size(), now);
        var read = new StateRepository.Read(
                facts,
                series.live(),
                total(target),
                target.stream()
                        .filter(event -> event.delta().isPositive())
                        .map(MeterEvent::measuredAt)
                        .max(Instant::compareTo),
                series.samplingInterval(),
                flags(known.clockless(), target),
                series.closingProblem());
        var revision = states.read(read, !changes.isEmpty(), requestedAt, now);
        answers.keep(facts.id(), json, requestedAt);
        revision.ifPresent(number -> publisher.publishEvent(
                new SessionProgressed(facts.id(), number, changes.appendedFrom(), changes.earlierRowsChanged())));
        publishCompletion(facts.id(), statusOf(known, rows), statusOf(facts, target));
        return new Applied.Taken(
                changes.written().size(),
                revision.isPresent(),
                facts.stop().isEmpty(),
                series.closingProblem(),
                series.live().at(),
                series.samplingInterval(),
                series.heldUntil());
    }

    /**
     * What became of each row of the answer that was taken over last, told anew; changes nothing. A row whose event has
     * no place because an invoice has others for that time has no position and the reason {@code invoiced}: its energy
     * is in the event that closes or corrects the session.
     *
     * @param readAt when the answer was asked for
     */
    public List<RowOutcome> explain(TransactionFacts facts, List<SampledValue> values, Instant readAt) {
        var startedAt = states.find(facts.id()).orElseThrow().startedAt();
        var series = MeterSeries.of(metered(facts, startedAt), values, readAt);
        return EventReconciliation.inTimeline(events.of(facts.id()), series.events(), series.rows());
    }

    /** The transaction vanished from SteVe: finalised, closed on our last reading, and kept. */
    @Transactional
    public void gone(SessionId id) {
        var now = now();
        var known = states.lock(id).orElseThrow();
        var rows = events.of(id);
        var target = closedOnLastReading(known.facts(), known.startedAt(), rows);
        var changes = EventChanges.between(rows, target);
        write(id, changes, target.size(), now);
        long revision = states.gone(id, total(target), now);
        publishProgress(id, revision, changes.appendedFrom(), changes.earlierRowsChanged());
        publishCompletion(id, statusOf(known, rows), SessionStatus.COMPLETED);
    }

    /** When this session is to be read next; empty = not before something about it changes. */
    @Transactional
    public void schedule(SessionId id, Optional<Instant> nextRead) {
        states.nextPoll(id, nextRead);
    }

    /**
     * Claims sessions whose read is due.
     *
     * @param claimedUntil when the claim ends if nothing is heard of it
     * @param first these come before the others
     */
    @Transactional
    public List<SessionId> claimDue(Instant claimedUntil, Collection<SessionId> first, int limit) {
        return states.claimDue(now(), claimedUntil, first, limit);
    }

    /** Somebody looks: a live session is read at once, wherever it is in its rhythm. */
    @Transactional
    public void readSoon(SessionId id) {
        states.readSoon(id, now());
    }

    /** Claims sessions that SteVe closed before we read them for the first time, the newest first. */
    @Transactional
    public List<SessionId> claimBackfill(Instant claimedUntil, int limit) {
        return states.claimBackfill(now(), claimedUntil, limit);
    }

    /** When the next read is due that is no backfill. */
    public Optional<Instant> nextDue() {
        return states.nextDue();
    }

    /** How many sessions SteVe closed before their first read, which is still to come. */
    public long backfillLeft() {
        return states.backfillLeft();
    }

    /** Sessions that are live here. */
    public List<SessionId> live() {
        return states.live();
    }

    /** The highest id of a session that is known, 0 when there is none. */
    public long highestId() {
        return states.highestId();
    }

    /** The sessions that started then, by the station's clock, and have not vanished from SteVe. */
    public List<SessionId> present(Instant startedFrom, Instant startedBefore) {
        return states.present(startedFrom, startedBefore);
    }

    /** The database keeps microseconds; what is compared with it later has no more than milliseconds. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private MeteredTransaction metered(TransactionFacts facts, Instant startedAt) {
        return new MeteredTransaction(
                startedAt,
                facts.startValue(),
                facts.stop().map(stop -> new MeterStop(stop.at(), stop.value())),
                chargers.limitOf(new ChargeBoxId(facts.chargeBoxId()), facts.connectorId()));
    }

    private void write(SessionId id, EventChanges changes, int size, Instant now) {
        if (changes.shorter()) {
            events.removeFrom(id, size);
        }
        if (!changes.written().isEmpty()) {
            events.write(id, changes.written(), now);
        }
    }

    private void publishProgress(
            SessionId id, long revision, Optional<Integer> appendedFrom, boolean earlierEventsChanged) {
        publisher.publishEvent(new SessionProgressed(id, revision, appendedFrom, earlierEventsChanged));
    }

    private void publishCompletion(SessionId id, SessionStatus before, SessionStatus after) {
        if (before != SessionStatus.COMPLETED && after == SessionStatus.COMPLETED) {
            publisher.publishEvent(new SessionCompleted(id));
        }
    }

    private static List<MeterEvent> closedOnLastReading(
            TransactionFacts facts, Instant startedAt, List<SyncedTransactionEvent> rows) {
        var target = new ArrayList<>(rows.stream()
                .map(row -> EventReconciliation.asMeterEvent(row, row.delta()))
                .toList());
        if (target.isEmpty() || rows.getLast().isSealed() && !rows.getLast().isFinal()) {
            var at = target.isEmpty() ? startedAt : target.getLast().measuredAt();
            var meter = target.isEmpty() ? facts.startValue() : target.getLast().meterTo();
            target.add(EventReconciliation.nothing(target.size(), at, meter));
        } else {
            target.add(EventReconciliation.asFinal(target.removeLast()));
        }
        return target;
    }

    private static SessionStatus statusOf(StateRepository.Stored known, List<SyncedTransactionEvent> rows) {
        return SessionStatus.of(
                known.isLive(), !rows.isEmpty() && rows.getLast().isFinal());
    }

    private static SessionStatus statusOf(TransactionFacts facts, List<MeterEvent> target) {
        return SessionStatus.of(
                facts.stop().isEmpty(), !target.isEmpty() && target.getLast().isFinal());
    }

    private static Energy total(List<MeterEvent> target) {
        return target.stream().map(MeterEvent::delta).reduce(Energy.ZERO, Energy::plus);
    }

    private static Set<String> flags(boolean clockless, List<MeterEvent> target) {
        var flags = new TreeSet<String>();
        target.stream()
                .flatMap(event -> event.flags().stream())
                .map(ReadingFlag::wireName)
                .forEach(flags::add);
        if (clockless) {
            flags.add(StateRepository.CLOCK);
        }
        return flags;
    }

    private static String conflict(TransactionFacts stored, TransactionFacts row) {
        return "Transaction " + row.id() + " is known as a charge at " + stored.chargeBoxId() + "/"
                + stored.connectorId() + " that started at " + stored.startedAt() + " with "
                + stored.startValue() + "; SteVe now has one at " + row.chargeBoxId() + "/" + row.connectorId()
                + " from " + row.startedAt() + " with " + row.startValue()
                + ". Was SteVe reinstalled, or is POLARIS_STEVE_BASE_URL another SteVe's?";
    }
}
