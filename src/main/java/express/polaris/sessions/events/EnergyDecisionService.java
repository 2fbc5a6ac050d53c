package express.polaris.sessions.events;

import express.polaris.accounts.AccountId;
import express.polaris.accounts.AuditLog;
import express.polaris.metering.Closing;
import express.polaris.metering.MeterEvent;
import express.polaris.metering.MeterStop;
import express.polaris.metering.ReadingFlag;
import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.refusals.NotFound;
import express.polaris.platform.refusals.Refusal;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionCompleted;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionProgressed;
import express.polaris.sessions.SessionReason;
import express.polaris.sessions.SessionService;
import express.polaris.sessions.SessionStatus;
import express.polaris.sessions.SyncedTransactionEvent;
import express.polaris.stations.chargers.ChargeBoxId;
import express.polaris.units.Energy;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Operator decisions about the energy of a session: SteVe's, the measured, or another value. A decision writes or
 * replaces the closing event; if that is sealed, it appends a correcting event. A later decision replaces an earlier
 * one. A decision and its audit-log entry are written in one transaction.
 */
@Service
public class EnergyDecisionService {

    private static final Logger log = LoggerFactory.getLogger(EnergyDecisionService.class);
    private static final Energy MOST = Energy.ofKilowattHours("1000000");

    private final StateRepository states;
    private final EventRepository events;
    private final SessionService sessions;
    private final EnergyDecisionRepository decisions;
    private final AuditLog audit;
    private final ApplicationEventPublisher publisher;
    private final TransactionTemplate rolledBack;
    private final Clock clock;

    EnergyDecisionService(
            StateRepository states,
            EventRepository events,
            SessionService sessions,
            EnergyDecisionRepository decisions,
            AuditLog audit,
            ApplicationEventPublisher publisher,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.states = states;
        this.events = events;
        this.sessions = sessions;
        this.decisions = decisions;
        this.audit = audit;
        this.publisher = publisher;
        this.rolledBack = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** Whether a value is credible as the energy of a session: not negative, and at most 1,000,000 kWh. */
    public static boolean isCredible(Energy energy) {
        return !energy.isNegative() && energy.compareTo(MOST) <= 0;
    }

    /**
     * Decides the energy of a session that has ended.
     *
     * @param value the energy, for {@link EnergyDecision.Use#VALUE}
     * @param reason in the operator's words
     * @throws NotFound if there is no such session
     * @throws Conflict while the session is live, or if the chosen energy does not exist
     * @throws IllegalArgumentException if the value is missing or not {@linkplain #isCredible credible}
     */
    @Transactional
    public EnergyDecision decide(
            AccountId operator, SessionId id, EnergyDecision.Use use, Optional<Energy> value, String reason) {
        if (use == EnergyDecision.Use.VALUE
                && value.filter(EnergyDecisionService::isCredible).isEmpty()) {
            throw new IllegalArgumentException("Session " + id + " cannot have the energy " + value);
        }
        if (lock(List.of(id)).isEmpty()) {
            throw new NotFound();
        }
        var session = sessions.find(id).orElseThrow();
        if (session.isLive()) {
            throw new Conflict(SessionReason.LIVE.with(id));
        }
        var energy = switch (use) {
            case STEVE -> session.steveEnergy();
            case MEASURED -> session.energies().measured();
            case VALUE -> value;
        };
        var decided = energy.orElseThrow(() -> new Conflict(
                (use == EnergyDecision.Use.STEVE ? SessionReason.NO_STEVE_ENERGY : SessionReason.NOT_MEASURED)
                        .with(id)));
        var now = now();
        var decision = new EnergyDecision(use, decided, reason, operator, now);
        decisions.add(id, decision);
        close(session, decided, now);
        audit.record(Optional.of(operator), "session.energy", "session " + id, details(session, decision));
        return decision;
    }

    /**
     * Previews a decision by executing it and rolling back.
     *
     * @param look receives the changed session within the transaction; prices looked up there reflect the decision
     * @return result of {@code look}; empty if the session does not exist or is live
     */
    public <T> Optional<T> preview(SessionId id, Energy energy, Function<ChargingSession, T> look) {
        return rolledBack.execute(status -> {
            status.setRollbackOnly();
            if (lock(List.of(id)).isEmpty()) {
                return Optional.<T>empty();
            }
            var session = sessions.find(id).orElseThrow();
            if (session.isLive()) {
                return Optional.<T>empty();
            }
            write(session, energy, now());
            return Optional.of(look.apply(sessions.find(id).orElseThrow()));
        });
    }

    /**
     * Makes SteVe's energy count at this charge box, whatever is measured, and decides its open disputes
     * accordingly.
     */
    @Transactional
    public void trust(AccountId operator, ChargeBoxId box, String reason) {
        if (decisions.trust(box, reason, operator, now())) {
            audit.record(Optional.of(operator), "charger.trust", "charger " + box.value(), Map.of("reason", reason));
        }
        var disputed = decisions.disputedAt(box);
        lock(disputed);
        disputed.forEach(id -> trustSteve(operator, id, reason));
    }

    /** Leaves a dispute open if it cannot be decided that way. */
    private void trustSteve(AccountId operator, SessionId id, String reason) {
        try {
            decide(operator, id, EnergyDecision.Use.STEVE, Optional.empty(), reason);
        } catch (Refusal refusal) {
            log.debug("The dispute of session {} stays open: {}", id, refusal.detail());
        }
    }

    /** Compares both energies of sessions at this charge box again; existing decisions stay. */
    @Transactional
    public void distrust(AccountId operator, ChargeBoxId box) {
        if (decisions.distrust(box)) {
            audit.record(Optional.of(operator), "charger.distrust", "charger " + box.value(), Map.of());
        }
    }

    /**
     * An operator's statement that SteVe's energy counts at a charge box.
     *
     * @param reason in the operator's words
     */
    public record Trust(String reason, AccountId decidedBy, Instant decidedAt) {}

    /** The statement that SteVe's energy counts at this charge box; empty if there is no such statement. */
    public Optional<Trust> trustIn(ChargeBoxId box) {
        return decisions.trust(box);
    }

    /**
     * Confirms that the rises of the register up to the latest reading were real although no connector can deliver
     * them. The energy counts from the next read, which is due at once.
     *
     * @param reason in the operator's words
     * @throws Conflict if no rise needs confirmation
     */
    @Transactional
    public void confirmJump(AccountId operator, SessionId id, String reason) {
        var session = sessions.find(id).orElseThrow();
        var until = session.meter().lastReadingAt();
        if (!session.hasJump() || until.isEmpty()) {
            throw new Conflict(SessionReason.NOTHING_TO_CONFIRM.with(id));
        }
        states.jumpsAreReal(id, until.get(), now());
        audit.record(
                Optional.of(operator),
                "session.confirm-energy",
                "session " + id,
                Map.of("until", until.get().toString(), "reason", reason));
    }

    /** Latest decision by session; sessions without one are omitted. Runs at most one query. */
    public Map<SessionId, EnergyDecision> of(Collection<ChargingSession> sessions) {
        var decided = sessions.stream()
                .filter(session -> session.energies().decided().isPresent())
                .map(ChargingSession::id)
                .toList();
        return decided.isEmpty() ? Map.of() : decisions.latest(decided);
    }

    /** The latest decision about this session. */
    public Optional<EnergyDecision> of(ChargingSession session) {
        return Optional.ofNullable(of(List.of(session)).get(session.id()));
    }

    /** All decisions about a session, latest first. */
    public List<EnergyDecision> history(SessionId id) {
        return decisions.of(id);
    }

    private List<KnownSession> lock(Collection<SessionId> ids) {
        var known = states.lock(ids);
        states.holdPrices(known.stream().flatMap(session -> session.driver().stream()));
        return known;
    }

    /**
     * @param appended position of the closing event if it was appended; empty if it replaced the last event
     */
    private record Written(long revision, Optional<Integer> appended) {}

    private Written write(ChargingSession session, Energy energy, Instant now) {
        var stored = events.tail(session.id());
        var closing = closing(session, stored, energy);
        var one = new BitSet();
        one.set(0);
        events.write(session.id(), List.of(closing), one, now);
        long revision = states.decided(session.id(), energy, now);
        return new Written(
                revision, closing.position() == stored.size() ? Optional.of(closing.position()) : Optional.empty());
    }

    private void close(ChargingSession session, Energy energy, Instant now) {
        var id = session.id();
        var written = write(session, energy, now);
        publisher.publishEvent(new SessionProgressed(
                id, written.revision(), written.appended(), written.appended().isEmpty()));
        if (session.status() != SessionStatus.COMPLETED) {
            publisher.publishEvent(new SessionCompleted(id));
        }
    }

    /** The last event adjusted, or one more event, so that all events add up to the decided energy. */
    private static MeterEvent closing(ChargingSession session, EventRepository.Tail stored, Energy energy) {
        var replaced = stored.last()
                .filter(row -> row.event().isFinal() && !row.isSealed())
                .map(SyncedTransactionEvent::event);
        var last = stored.last().map(SyncedTransactionEvent::event);
        var delta = energy.minus(stored.total())
                .plus(replaced.map(MeterEvent::delta).orElse(Energy.ZERO));
        var meterFrom = replaced.map(MeterEvent::meterFrom)
                .or(() -> last.map(MeterEvent::meterTo))
                .orElse(session.startValue());
        var measuredFrom = replaced.map(MeterEvent::measuredFrom)
                .or(() -> last.map(MeterEvent::measuredAt))
                .orElse(session.startedAt());
        var measuredAt = replaced.map(MeterEvent::measuredAt)
                .orElseGet(() -> later(measuredFrom, session.endedAt().orElse(measuredFrom)));
        var meterTo = session.stop()
                .flatMap(MeterStop::value)
                .filter(value -> value.compareTo(session.startValue()) >= 0)
                .orElseGet(() -> meterFrom.plus(delta));
        boolean corrects = stored.finals() > (replaced.isPresent() ? 1 : 0);
        return new MeterEvent(
                replaced.map(MeterEvent::position).orElse(stored.size()),
                measuredFrom,
                measuredAt,
                meterFrom,
                meterTo,
                delta,
                replaced.flatMap(MeterEvent::power),
                replaced.filter(MeterEvent::powerDerived).isPresent(),
                replaced.flatMap(MeterEvent::soc),
                corrects
                        ? Set.of(ReadingFlag.CORRECTION)
                        : Closing.flags(delta, meterTo.minus(meterFrom), stored.restarted()),
                true);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Map<String, Object> details(ChargingSession session, EnergyDecision decision) {
        var details = new LinkedHashMap<String, Object>();
        details.put("use", decision.use().wireName());
        details.put("kwh", plain(decision.energy()));
        details.put("before", plain(session.energy()));
        session.steveEnergy().ifPresent(steve -> details.put("steve", plain(steve)));
        session.energies().measured().ifPresent(measured -> details.put("measured", plain(measured)));
        details.put("reason", decision.reason());
        return details;
    }

    private static String plain(Energy energy) {
        return energy.kilowattHours().stripTrailingZeros().toPlainString();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
