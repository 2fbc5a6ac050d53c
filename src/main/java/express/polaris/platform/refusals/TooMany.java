package express.polaris.platform.refusals;

import java.time.Duration;

/** Too many requests: 429 with {@code Retry-After}. */
public final class TooMany extends Refusal {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    public TooMany(Duration retryAfter) {
        super(RequestReason.TOO_MANY.with());
        this.retryAfter = retryAfter;
    }

    public Duration retryAfter() {
        return retryAfter;
    }

    @Override
    ProblemDetail problem() {
        return ProblemDetail.of(429, detail());
    }
}
