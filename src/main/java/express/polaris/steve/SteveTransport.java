package express.polaris.steve;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import express.polaris.steve.SteveClient.BodyReader;
import express.polaris.steve.SteveUnavailable.Reason;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.util.function.SingletonSupplier;

/**
 * Sends calls and converts unusable answers into exceptions: what {@link #send} returns is a 2xx with JSON or without a
 * body, or a 4xx other than 401.
 *
 * <p>Each {@link SteveRoute} has a circuit breaker of Resilience4j (Spring Framework has none). When half of the last
 * 20 calls, of at least five, found SteVe unavailable, it sends nothing for about a second and then one trial call;
 * each failed trial lengthens the pause, up to about two seconds, with jitter so that several nodes do not return in
 * step. The pause is short because a trial costs SteVe little and users wait for its result. Answers that are merely
 * odd (404, 400, unreadable, too large) do not count: one bad transaction must not stop the others.
 */
final class SteveTransport {

    /** Enough for SteVe's error JSON; a larger error page is truncated. */
    private static final int ERROR_BODY_BYTES = 64 * 1024;

    private static final CircuitBreakerConfig BREAKING = CircuitBreakerConfig.custom()
            .slidingWindowSize(20)
            .minimumNumberOfCalls(5)
            .failureRateThreshold(50)
            .waitIntervalFunctionInOpenState(IntervalFunction.ofExponentialRandomBackoff(
                    Duration.ofSeconds(1), 1.5, 0.25, Duration.ofSeconds(2)))
            .automaticTransitionFromOpenToHalfOpenEnabled(true)
            .permittedNumberOfCallsInHalfOpenState(1)
            .build();

    private final SteveSettings settings;
    private final String authorization;
    private final Supplier<HttpClient> http;
    private final SteveObserver observer;
    private final Map<SteveRoute, CircuitBreaker> breakers = new EnumMap<>(SteveRoute.class);
    private final Map<SteveRoute, RouteSigns> signs = new EnumMap<>(SteveRoute.class);
    private final LongAdder callsMade = new LongAdder();

    SteveTransport(SteveSettings settings, SteveObserver observer) {
        this.settings = settings;
        this.observer = observer;
        byte[] credentials = (settings.username() + ":" + settings.password()).getBytes(StandardCharsets.UTF_8);
        authorization = "Basic " + Base64.getEncoder().encodeToString(credentials);
        // Created by the first call, because loading TLS would slow the start.
        http = SingletonSupplier.of(() -> HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.limits().connectTimeout())
                .build());
        for (SteveRoute route : SteveRoute.values()) {
            signs.put(route, new RouteSigns());
            breakers.put(route, CircuitBreaker.of("steve-" + route.name().toLowerCase(Locale.ROOT), BREAKING));
        }
    }

    SteveSettings settings() {
        return settings;
    }

    long callsMade() {
        return callsMade.sum();
    }

    SteveCircuit circuit(SteveRoute route) {
        return switch (breaker(route).getState()) {
            case CLOSED, DISABLED, METRICS_ONLY -> SteveCircuit.CLOSED;
            case OPEN, FORCED_OPEN -> SteveCircuit.OPEN;
            case HALF_OPEN -> SteveCircuit.TRYING;
        };
    }

    /** Whether calls of the route seem to go unanswered, even if its circuit is still closed. */
    boolean isInDoubt(SteveRoute route) {
        return signs(route).areBad();
    }

    void endDoubt(SteveRoute route) {
        signs(route).forget();
    }

    void resume(SteveRoute route) {
        breaker(route).transitionToClosedState();
        signs(route).forget();
    }

    private RouteSigns signs(SteveRoute route) {
        return Objects.requireNonNull(signs.get(route));
    }

    private CircuitBreaker breaker(SteveRoute route) {
        return Objects.requireNonNull(breakers.get(route));
    }

    /** @throws SteveUnavailable at once, with {@code CIRCUIT_OPEN}, while the breaker of its route is open */
    SteveAnswer send(SteveCall call) {
        return guarded(call, () -> sendUnguarded(call));
    }

    /**
     * Like {@link #send}, but streams the body of a success. A failure within the body counts as a failure of the call.
     *
     * @param begins maximum time until the answer begins
     * @param reader receives the decompressed body
     * @param other converts any other answer into a result
     */
    <T> T stream(SteveCall call, Duration begins, BodyReader<T> reader, Function<SteveAnswer, T> other) {
        return guarded(
                call,
                () -> observed(call, () -> {
                    HttpResponse<InputStream> response = exchange(
                            call,
                            begins,
                            info -> isSuccess(info.statusCode())
                                    ? new StreamedBody(call.timeout(), begins)
                                    : BodySubscribers.mapping(
                                            CappedBody.cutOffAt(ERROR_BODY_BYTES), ByteArrayInputStream::new));
                    try (PushbackInputStream body = new PushbackInputStream(response.body())) {
                        if (!isSuccess(response.statusCode())) {
                            return other.apply(usable(call, response, body.readAllBytes()));
                        }
                        int first = body.read();
                        byte[] glance = first < 0 ? new byte[0] : new byte[] {(byte) first};
                        SteveAnswer answer = usable(call, response, glance);
                        if (first >= 0) {
                            body.unread(first);
                        }
                        return SteveClient.read(answer, () -> answer.unpacked(body), reader);
                    } catch (IOException e) {
                        throw failed(call, e);
                    }
                }));
    }

    private <T> T guarded(SteveCall call, Supplier<T> exchange) {
        CircuitBreaker breaker = breaker(call.route());
        if (!breaker.tryAcquirePermission()) {
            observer.notSent(call);
            throw call.unavailable(SteveSymptom.RESTING, "was not sent because the last calls failed");
        }
        long start = System.nanoTime();
        try {
            T answer = exchange.get();
            breaker.onSuccess(System.nanoTime() - start, NANOSECONDS);
            signs(call.route()).answered();
            return answer;
        } catch (SteveUnavailable e) {
            long took = System.nanoTime() - start;
            if (Thread.currentThread().isInterrupted()) {
                breaker.releasePermission();
            } else if (saysThatSteveIsDown(e.reason())) {
                breaker.onError(took, NANOSECONDS, e);
                signs(call.route()).failed();
            } else {
                breaker.onSuccess(took, NANOSECONDS);
                signs(call.route()).answered();
            }
            throw e;
        } catch (RuntimeException | Error e) {
            breaker.releasePermission();
            throw e;
        }
    }

    static boolean saysThatSteveIsDown(Reason reason) {
        return switch (reason) {
            case NOT_AUTHORISED, TIMEOUT, UNREACHABLE, SERVER_ERROR -> true;
            case UNREADABLE, TOO_LARGE, REFUSED, CIRCUIT_OPEN -> false;
        };
    }

    /** Like {@link #send}, but bypasses the circuit breaker, to check whether SteVe is available. */
    SteveAnswer sendUnguarded(SteveCall call) {
        return observed(call, () -> {
            HttpResponse<byte[]> response = exchange(
                    call,
                    call.timeout(),
                    info -> isSuccess(info.statusCode())
                            ? CappedBody.refusingBeyond(Math.toIntExact(call.maxBytes()))
                            : CappedBody.cutOffAt(ERROR_BODY_BYTES));
            return usable(call, response, response.body());
        });
    }

    private <T> T observed(SteveCall call, Supplier<T> exchange) {
        long start = System.nanoTime();
        try {
            T answer = exchange.get();
            observer.called(call, since(start), refusal(call, answer));
            return answer;
        } catch (SteveUnavailable e) {
            if (!Thread.currentThread().isInterrupted()) {
                boolean came = e.reason() == Reason.UNREADABLE;
                observer.called(call, since(start), came ? Optional.empty() : Optional.of(e));
                if (came) {
                    observer.notUnderstood(call, e);
                }
            }
            throw e;
        }
    }

    /** Only of a list: for other calls a 4xx can be an answer like any other. */
    private static Optional<SteveUnavailable> refusal(SteveCall call, Object answer) {
        return call.route() == SteveRoute.LISTS && answer instanceof SteveAnswer plain && !plain.isSuccess()
                ? Optional.of(plain.refused())
                : Optional.empty();
    }

    private Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    SteveObserver observer() {
        return observer;
    }

    private static boolean isSuccess(int status) {
        return status < 300;
    }

    /**
     * @param body enough of the body to tell who answered
     */
    private static SteveAnswer usable(SteveCall call, HttpResponse<?> response, byte[] body) {
        SteveAnswer answer = new SteveAnswer(
                call,
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse(""),
                response.headers().firstValue("Content-Encoding").orElse(""),
                body);
        int status = answer.status();
        if (status >= 500) {
            throw call.unavailable(SteveSymptom.SERVER_ERROR, "was answered with " + status);
        }
        if (status == 401) {
            throw Diagnosis.unauthorised(answer);
        }
        if (status >= 300 && status < 400) {
            throw Diagnosis.redirected(
                    answer, response.headers().firstValue("Location").orElse(""));
        }
        if (answer.isSuccess() && !answer.isEmpty() && !answer.isJson()) {
            throw call.unavailable(
                    SteveSymptom.OTHER_PAGE,
                    "was answered with %d and something other than JSON (a sign-in page?)".formatted(status));
        }
        return answer;
    }

    /**
     * @param within maximum time until the body, or a stream of it, is available
     */
    private <T> HttpResponse<T> exchange(SteveCall call, Duration within, HttpResponse.BodyHandler<T> body) {
        callsMade.increment();
        CompletableFuture<HttpResponse<T>> pending =
                http.get().sendAsync(call.request(settings.baseUrl(), authorization), body);
        try (var ignored = signs(call.route()).sent()) {
            return pending.get(within.toMillis(), MILLISECONDS);
        } catch (TimeoutException e) {
            throw call.unavailable(
                    SteveSymptom.ANSWER_TIMEOUT, "was not answered within %d ms".formatted(within.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw call.unavailable(SteveSymptom.ANSWER_TIMEOUT, "was interrupted while waiting");
        } catch (ExecutionException e) {
            throw failed(call, e.getCause() == null ? e : e.getCause());
        } finally {
            // Aborts an exchange that is still running; no effect on a finished one.
            pending.cancel(true);
        }
    }

    private SteveUnavailable failed(SteveCall call, Throwable cause) {
        // An OutOfMemoryError here says nothing about SteVe.
        if (cause instanceof Error error) {
            throw error;
        }
        if (AnswerTooLarge.causes(cause)) {
            return call.unavailable(
                    SteveSymptom.TOO_LARGE, "was answered with more than %d bytes".formatted(call.maxBytes()));
        }
        if (cause instanceof HttpConnectTimeoutException) {
            return call.unavailable(
                    SteveSymptom.CONNECT_TIMEOUT,
                    "found no connection to %s within %d ms"
                            .formatted(
                                    settings.baseUrl().getAuthority(),
                                    settings.limits().connectTimeout().toMillis()));
        }
        return Diagnosis.disconnected(call, settings.baseUrl().getAuthority(), cause);
    }
}
