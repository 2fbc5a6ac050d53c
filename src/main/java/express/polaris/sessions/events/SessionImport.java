package express.polaris.sessions.events;

import express.polaris.metering.MeterEvent;
import express.polaris.metering.MeterSeries;
import express.polaris.metering.MeterValues;
import express.polaris.metering.MeteredTransaction;
import express.polaris.metering.RowOutcome;
import express.polaris.sessions.SessionCompleted;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionProgressed;
import express.polaris.sessions.SessionStarted;
import express.polaris.sessions.SessionStatus;
import express.polaris.sessions.TransactionFacts;
import express.polaris.stations.cards.CardService;
import express.polaris.stations.cards.IdTag;
import express.polaris.stations.chargers.ChargeBoxId;
import express.polaris.stations.chargers.ChargerService;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Applies SteVe's answers to sessions. Every operation is safe to repeat, on several nodes too: a session's row is
 * locked while it is written, and an older answer never replaces a newer one.
 */
@Service
public class SessionImport {

    private static final MeterValues NO_VALUES = MeterValues.of(List.of());

    private final StateRepository states;
    private final ReadSchedule schedule;
    private final EventRepository events;
    private final EnergyDecisionRepository decisions;
    private final StartOwners ownership;
    private final SteveAnswers answers;
    private final CardService cards;
    private final ChargerService chargers;
    private final ApplicationEventPublisher publisher;
    private final Clock clock;

    SessionImport(
            StateRepository states,
            ReadSchedule schedule,
            EventRepository events,
            EnergyDecisionRepository decisions,
            StartOwners ownership,
            SteveAnswers answers,
            CardService cards,
            ChargerService chargers,
            ApplicationEventPublisher publisher,
            Clock clock) {
        this.states = states;
        this.schedule = schedule;
        this.events = events;
        this.decisions = decisions;
        this.ownership = ownership;
        this.answers = answers;
        this.cards = cards;
        this.chargers = chargers;
        this.publisher = publisher;
        this.clock = clock;
    }

    /**
     * Applies rows of a SteVe list: inserts unknown sessions and closes known ones. A list never reopens a session,
     * because it may be older than the stored state; only a read of the details does.
     *
     * <p>Locks ownerships before sessions, both in the order of the session ids, to avoid deadlocks between nodes and
     * with an operator who links a card.
     *
     * @param requestedAt when the list was requested; it has no effect on sessions that were read after that
     */
    @Transactional
    public Map<SessionId, DiscoveryResult> discover(Collection<TransactionFacts> rows, Instant requestedAt) {
        var now = now();
        var known = states.known(rows.stream().map(TransactionFacts::id).toList());
        var inOrder =
                rows.stream().sorted(Comparator.comparing(TransactionFacts::id)).toList();
        var outcomes = new TreeMap<SessionId, DiscoveryResult>();
        var unknown =
                inOrder.stream().filter(row -> !known.containsKey(row.id())).toList();
        cards.hold(unknown.stream().map(row -> new IdTag(row.idTag())).toList());
        unknown.forEach(row -> outcomes.put(row.id(), begin(row, now)));
        inOrder.forEach(row -> Optional.ofNullable(known.get(row.id()))
                .ifPresent(session -> outcomes.put(row.id(), compare(session, row, requestedAt, now))));
        return outcomes;
    }

    private DiscoveryResult begin(TransactionFacts facts, Instant now) {
        var sight = new MeteredTransaction.Sight(now, Optional.empty(), Optional.empty());
        var times = series(facts, sight, MeteredTransaction.Word.NONE, NO_VALUES, now);
        var owner = cards.ownerAt(new IdTag(facts.idTag()), times.startedAt());
        var flags = times.isClockWrong() ? Set.of(SessionFlags.CLOCK) : Set.<String>of();
        if (!states.insert(facts, StateRepository.Times.of(times), flags, owner, now)) {
            return new DiscoveryResult.Unchanged();
        }
        chargers.seen(new ChargeBoxId(facts.chargeBoxId()), facts.connectorId(), now);
        publisher.publishEvent(new SessionStarted(facts.id()));
        return new DiscoveryResult.Started();
    }

    private DiscoveryResult compare(KnownSession stored, TransactionFacts row, Instant requestedAt, Instant now) {
        if (!stored.facts().isSameTransactionAs(row)) {
            return new DiscoveryResult.Conflict(stored.facts(), row);
        }
        if (saysNothingNew(stored, row, requestedAt)) {
            return new DiscoveryResult.Unchanged();
        }
        if (saysNothingNew(states.lock(row.id()).orElseThrow(), row, requestedAt)) {
            return new DiscoveryResult.Unchanged();
        }
        if (row.stop().isEmpty()) {
            schedule.nextPoll(row.id(), Optional.of(now));
            return new DiscoveryResult.Doubtful();
        }
        var times = StateRepository.Times.of(series(row, stored.sightOf(row), stored.word(), NO_VALUES, now));
        publishProgress(row.id(), states.closed(row, times, now), Optional.empty(), false);
        return new DiscoveryResult.Closed();
    }

    private static boolean saysNothingNew(KnownSession stored, TransactionFacts row, Instant requestedAt) {
        if (stored.wasReadAfter(requestedAt)) {
            return true;
        }
        return row.stop().isEmpty()
                ? stored.isLive() || stored.wasClosedAfter(requestedAt)
                : row.stop().equals(stored.facts().stop()) && !stored.isGone();
    }

    /**
     * Applies SteVe's details of a transaction: the events become the answer's, except for sealed ones.
     *
     * @param values SteVe's rows, all that metering reads
     * @param answer the same rows, to be kept for explanation
     * @param requestedAt when the answer was requested; an answer requested before the stored one is ignored
     */
    @Transactional
    public ImportResult apply(TransactionFacts facts, MeterValues values, KeptAnswer answer, Instant requestedAt) {
        var now = now();
        cards.hold(List.of(new IdTag(facts.idTag())));
        var stored = states.lock(facts.id());
        if (stored.isEmpty()) {
            begin(facts, now);
            stored = states.lock(facts.id());
        }
        var known = stored.orElseThrow();
        if (!known.facts().isSameTransactionAs(facts)) {
            return new ImportResult.Conflict(known.facts(), facts);
        }
        boolean closedSince = facts.stop().isEmpty() && known.wasClosedAfter(requestedAt);
        if (closedSince || known.wasReadAfter(requestedAt)) {
            return new ImportResult.Outdated();
        }
        var series = series(facts, known.sightOf(facts), known.word(), values, now);
        var move = ownership.startMoved(known, series.startedAt());
        states.holdPrices(Stream.concat(known.driver().stream(), move.stream().flatMap(StartOwners.Move::driver)));
        var target = target(known, series);
        var changes = known.mayHaveEvents() ? events.compare(facts.id(), target) : new EventChanges(target).complete();
        write(facts.id(), changes, target, now);
        var sum = EventSum.of(target);
        var dispute = series.dispute()
                .filter(differ -> known.word().decided().isEmpty())
                .filter(differ -> !decisions.isTrusted(new ChargeBoxId(facts.chargeBoxId())));
        var read = new StateRepository.Read(
                facts,
                series,
                StateRepository.Times.of(series),
                sum.energy(),
                dispute,
                sum.lastEnergyAt(),
                SessionFlags.of(series, dispute, sum));
        var revision = states.read(read, !changes.isEmpty(), requestedAt, now);
        answers.keep(facts, answer, requestedAt);
        move.ifPresent(to -> ownership.move(facts.id(), to));
        revision.ifPresent(number -> publisher.publishEvent(
                new SessionProgressed(facts.id(), number, changes.appendedFrom(), changes.earlierRowsChanged())));
        publishCompletion(
                facts.id(),
                SessionStatus.of(known.isLive(), changes.wasFinal()),
                SessionStatus.of(facts.stop().isEmpty(), sum.isFinal()));
        return new ImportResult.Taken(
                changes.count(),
                revision.isPresent(),
                facts.stop().isEmpty(),
                read.closingFault(),
                series.live().at(),
                series.samplingInterval(),
                series.heldUntil());
    }

    /** The answer's events, reconciled with the sealed ones where those differ. */
    private List<MeterEvent> target(KnownSession known, MeterSeries series) {
        var id = known.facts().id();
        return known.mayHaveEvents() && !events.sealedAreIn(id, series.events())
                ? EventReconciliation.target(events.of(id), series.events())
                : series.events();
    }

    /**
     * Recomputes the outcome of each row of the answer that was applied last; changes nothing. A row whose event has no
     * place because sealed events cover its time has no position and the reason {@code invoiced}: its energy is in the
     * event that closes or corrects the session.
     *
     * @param readAt when the answer was requested
     */
    @Transactional(readOnly = true)
    public IntFunction<RowOutcome> explain(TransactionFacts facts, MeterValues values, Instant readAt) {
        var known = states.find(facts.id()).orElseThrow();
        var series = series(facts, known.sightOf(facts), known.word(), values, readAt);
        return events.sealedAreIn(facts.id(), series.events())
                ? series::outcome
                : EventReconciliation.inTimeline(events.of(facts.id()), series.events(), series::outcome);
    }

    /** Closes the session of a vanished transaction on its last reading, and keeps it. */
    @Transactional
    public void gone(SessionId id) {
        var now = now();
        var known = states.lock(id).orElseThrow();
        states.holdPrices(known.driver().stream());
        var tail = events.tail(id);
        var end = endOn(tail, known);
        boolean wasFinal = tail.last().filter(last -> last.event().isFinal()).isPresent();
        boolean isNew = end.position() == tail.size();
        if (isNew || !wasFinal) {
            events.write(id, end, now);
        }
        long revision = states.gone(id, tail.total(), now);
        publishProgress(id, revision, isNew ? Optional.of(end.position()) : Optional.empty(), !isNew && !wasFinal);
        publishCompletion(id, SessionStatus.of(known.isLive(), wasFinal), SessionStatus.COMPLETED);
    }

    /**
     * The last event, marked final; an event without energy after it if it is sealed and not final, or if there is
     * none.
     */
    private static MeterEvent endOn(EventRepository.Tail tail, KnownSession known) {
        return tail.last()
                .filter(last -> last.event().isFinal() || !last.isSealed())
                .map(last -> last.event().withFinality(true))
                .orElseGet(() -> EventReconciliation.nothing(
                        tail.size(),
                        tail.last().map(last -> last.event().measuredAt()).orElse(known.startedAt()),
                        tail.last()
                                .map(last -> last.event().meterTo())
                                .orElse(known.facts().startValue())));
    }

    /** Locks these sessions until the transaction ends, before the caller changes its own data about them. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void hold(Collection<SessionId> ids) {
        states.lock(ids);
    }

    /** Sets when this session is read next; empty means not before something about it changes. */
    @Transactional
    public void schedule(SessionId id, Optional<Instant> nextRead) {
        schedule.nextPoll(id, nextRead);
    }

    /**
     * Claims sessions whose read is due; leaves out the backfill.
     *
     * @param claimedUntil when the claim expires without an answer
     * @param first sessions that come before the others
     */
    @Transactional
    public List<SessionId> claimDue(Instant claimedUntil, Collection<SessionId> first, int limit) {
        return schedule.claimDue(now(), claimedUntil, first, limit);
    }

    /** Makes the read of a live session due at once, because the session is watched. */
    @Transactional
    public void readSoon(SessionId id) {
        schedule.readSoon(id, now());
    }

    /**
     * Makes the reads of all live sessions due at once, because SteVe answers again.
     *
     * @param others further sessions to make due, if they have a scheduled read
     */
    @Transactional
    public void readLiveSoon(Collection<SessionId> others) {
        schedule.readLiveSoon(others, now());
    }

    /** Makes every read due at once that is scheduled up to then: their times are those of a clock that was wrong. */
    @Transactional
    public void readSoonUntil(Instant until) {
        schedule.readSoonUntil(until, now());
    }

    /**
     * Claims the live session that is read next, even if its read is not due.
     *
     * @param claimedUntil when the claim expires without an answer
     */
    @Transactional
    public Optional<SessionId> claimNextLive(Instant claimedUntil) {
        return schedule.claimNextLive(claimedUntil);
    }

    /** Claims sessions that SteVe closed before their first read, newest first. */
    @Transactional
    public List<SessionId> claimBackfill(Instant claimedUntil, int limit) {
        return schedule.claimBackfill(now(), claimedUntil, limit);
    }

    /** Time of the next scheduled read, without the backfill. */
    public Optional<Instant> nextDue() {
        return schedule.nextDue();
    }

    /** Number of sessions that SteVe closed before their first read, and that are still unread. */
    public long backfillLeft() {
        return schedule.backfillLeft();
    }

    /** Ids of the live sessions. */
    public List<SessionId> live() {
        return states.live();
    }

    /** Highest known session id; 0 without sessions. */
    public long highestId() {
        return states.highestId();
    }

    /** Sessions that started in this span according to SteVe, and have not vanished; the end is exclusive. */
    public List<SessionId> present(Instant startedFrom, Instant startedBefore) {
        return states.present(startedFrom, startedBefore);
    }

    /** Truncated to milliseconds, so that a stored value, which has microseconds, compares equal. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private MeterSeries series(
            TransactionFacts facts,
            MeteredTransaction.Sight sight,
            MeteredTransaction.Word word,
            MeterValues values,
            Instant now) {
        var transaction = new MeteredTransaction(
                facts.startedAt(),
                facts.startValue(),
                facts.stop(),
                chargers.limitOf(new ChargeBoxId(facts.chargeBoxId()), facts.connectorId()),
                sight,
                word);
        return MeterSeries.of(transaction, values, now);
    }

    private void write(SessionId id, EventChanges changes, List<MeterEvent> target, Instant now) {
        if (changes.shorter()) {
            events.removeFrom(id, target.size());
        }
        events.write(id, target, changes.written(), now);
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
}
