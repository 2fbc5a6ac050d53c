package express.polaris.sync;

import express.polaris.settings.Settings;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** How many calls a second SteVe is asked to bear for reads of sessions; what is over it waits its turn. */
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
