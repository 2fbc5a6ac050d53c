package express.polaris.steve;

import express.polaris.steve.SteveUnavailable.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Health of SteVe as seen from this node, from the outcome of regular calls; also published as metrics. */
@Component
public class SteveHealth implements SteveObserver {

    /** The latest latency has a weight of one fifth in the moving average. */
    private static final int SMOOTHING = 5;

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30)
    };

    private final MeterRegistry registry;
    private final Clock clock;
    private final Set<SteveRoute> failing = EnumSet.noneOf(SteveRoute.class);
    private volatile State state =
            new State(Optional.empty(), Optional.empty(), Optional.empty(), false, Optional.empty());
    private volatile Optional<SteveCapabilities> capabilities = Optional.empty();
    private boolean listsWereAsked;

    /** The answer before the last, in case the last turns out to be unusable. */
    private volatile Optional<Instant> answeredBefore = Optional.empty();

    SteveHealth(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
        Gauge.builder("polaris.steve.up", () -> state().isAnswering() ? 1 : 0)
                .description("Whether SteVe gave a usable answer to this node's last call")
                .register(registry);
        for (var route : SteveRoute.values()) {
            Gauge.builder("polaris.steve.route.up", () -> isFailing(route) ? 0 : 1)
                    .description("Whether SteVe gave a usable answer to the last call of this route")
                    .tag("route", route.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        for (var kind : new String[] {"transactions", "details", "tags"}) {
            unusable(kind, Reason.UNREADABLE);
        }
    }

    /**
     * State of SteVe. Lists decide whether it counts as available: a failure of details or commands while lists work is
     * not a failure of SteVe, and vice versa.
     *
     * @param answeredAt when it last answered; empty before the first answer
     * @param failure the last call that found it unavailable, or the last list that was no usable answer
     * @param latency moving average of recent latencies; empty before the first answer
     * @param isResting whether calls were held back by a circuit breaker since all routes last worked
     * @param details failure of the latest details call; empty unless that call found SteVe unavailable
     */
    public record State(
            Optional<Instant> answeredAt,
            Optional<Failure> failure,
            Optional<Duration> latency,
            boolean isResting,
            Optional<Failure> details) {

        /** Whether the last call that counts was answered; false before the first. */
        public boolean isAnswering() {
            return answeredAt
                    .filter(at -> failure.filter(last -> last.at().isAfter(at)).isEmpty())
                    .isPresent();
        }

        /** Whether any call has been made. */
        public boolean isKnown() {
            return answeredAt.isPresent() || failure.isPresent();
        }
    }

    /**
     * Call without a usable answer.
     *
     * @param evidence the call and what came of it, in technical English
     */
    public record Failure(Instant at, SteveSymptom symptom, String evidence) {

        public Reason reason() {
            return symptom.reason();
        }
    }

    public State state() {
        return state;
    }

    /** What SteVe was last found to be capable of; empty before the first probe. */
    public Optional<SteveCapabilities> capabilities() {
        return capabilities;
    }

    void found(SteveCapabilities found) {
        capabilities = Optional.of(found);
    }

    @Override
    public void called(SteveCall call, Duration took, Optional<SteveUnavailable> failure) {
        Timer.builder("polaris.steve.calls")
                .description("Duration of calls to SteVe until the answer is complete, by kind and outcome")
                .tag("kind", call.kind())
                .tag("outcome", failure.map(e -> wireName(e.reason())).orElse("answered"))
                .serviceLevelObjectives(BUCKETS)
                .register(registry)
                .record(took);
        note(call.route(), took, failure);
    }

    @Override
    public synchronized void notUnderstood(SteveCall call, SteveUnavailable failure) {
        unusable(call.kind(), failure.reason()).increment();
        if (call.route() == SteveRoute.LISTS) {
            failing.add(SteveRoute.LISTS);
            fail(failure, answeredBefore);
        }
    }

    private Counter unusable(String kind, Reason reason) {
        return Counter.builder("polaris.steve.unusable")
                .description("Unusable answers from SteVe, by kind of call and reason")
                .baseUnit("answers")
                .tag("kind", kind)
                .tag("reason", wireName(reason))
                .register(registry);
    }

    @Override
    public void notSent(SteveCall call) {
        synchronized (this) {
            state = new State(state.answeredAt(), state.failure(), state.latency(), true, state.details());
        }
    }

    private synchronized boolean isFailing(SteveRoute route) {
        return failing.contains(route);
    }

    private synchronized void note(SteveRoute route, Duration took, Optional<SteveUnavailable> failure) {
        var down = failure.filter(e -> SteveTransport.saysThatSteveIsDown(e.reason()));
        boolean isUnusable = down.isPresent() || route == SteveRoute.LISTS && failure.isPresent();
        if (isUnusable) {
            failing.add(route);
        } else {
            failing.remove(route);
        }
        listsWereAsked |= route == SteveRoute.LISTS;
        var now = clock.instant();
        var latency = down.isPresent()
                ? state.latency()
                : Optional.of(state.latency()
                        .map(before ->
                                before.multipliedBy(SMOOTHING - 1L).plus(took).dividedBy(SMOOTHING))
                        .orElse(took));
        var details = route == SteveRoute.DETAILS ? down.map(e -> failure(now, e)) : state.details();
        boolean speaksForTheWhole =
                !listsWereAsked || route == SteveRoute.LISTS || failing.contains(SteveRoute.LISTS) == isUnusable;
        if (!speaksForTheWhole) {
            state = new State(state.answeredAt(), state.failure(), latency, state.isResting(), details);
        } else if (isUnusable) {
            state = new State(state.answeredAt(), state.failure(), latency, state.isResting(), details);
            fail(failure.orElseThrow(), state.answeredAt());
        } else {
            answeredBefore = state.answeredAt();
            var at = state.failure()
                    .map(Failure::at)
                    .filter(failed -> !now.isAfter(failed))
                    .map(failed -> failed.plusNanos(1))
                    .orElse(now);
            state = new State(
                    Optional.of(at), state.failure(), latency, state.isResting() && !failing.isEmpty(), details);
        }
    }

    /**
     * If an answer and a failure happen at the same instant, the failure counts as later.
     *
     * @param answeredAt last usable answer
     */
    private synchronized void fail(SteveUnavailable failure, Optional<Instant> answeredAt) {
        var now = clock.instant();
        var at = answeredAt
                .filter(answered -> !now.isAfter(answered))
                .map(answered -> answered.plusNanos(1))
                .orElse(now);
        state = new State(
                answeredAt, Optional.of(failure(at, failure)), state.latency(), state.isResting(), state.details());
    }

    private static Failure failure(Instant at, SteveUnavailable e) {
        return new Failure(at, e.symptom(), e.evidence());
    }

    private static String wireName(Reason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }
}
