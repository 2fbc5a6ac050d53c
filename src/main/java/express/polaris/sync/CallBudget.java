package express.polaris.sync;

import express.polaris.platform.settings.Settings;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Call budget: maximum number of session reads per second that this node sends to SteVe; further ones wait. */
@Component
class CallBudget {

    private final RateLimiter limiter;

    CallBudget(Settings settings) {
        limiter = RateLimiter.of(
                "steve",
                RateLimiterConfig.custom()
                        .limitForPeriod(settings.steveCallsPerSecond())
                        .limitRefreshPeriod(Duration.ofSeconds(1))
                        .timeoutDuration(Duration.ZERO)
                        .build());
    }

    int available() {
        return limiter.getMetrics().getAvailablePermissions();
    }

    void take() {
        limiter.acquirePermission();
    }
}
