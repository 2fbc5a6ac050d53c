package express.polaris.steve;

import java.util.Locale;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * Health detail {@code steve}. Makes no calls of its own: sync, unless paused, calls SteVe at least once a minute from
 * the leader.
 */
@Component
class SteveHealthIndicator implements HealthIndicator {

    /** Not DOWN: the portal works without SteVe, so its absence must not make the application unhealthy. */
    private static final Status AWAY = new Status("AWAY", "SteVe does not answer; the portal shows stored data");

    private final SteveHealth steve;

    SteveHealthIndicator(SteveHealth steve) {
        this.steve = steve;
    }

    @Override
    public Health health() {
        var state = steve.state();
        var health = !state.isKnown() ? Health.unknown() : state.isAnswering() ? Health.up() : Health.status(AWAY);
        state.answeredAt().ifPresent(at -> health.withDetail("answeredAt", at));
        state.failure()
                .ifPresent(last -> health.withDetail("failedAt", last.at())
                        .withDetail("reason", last.reason().name().toLowerCase(Locale.ROOT))
                        .withDetail("symptom", last.symptom().wireName()));
        state.latency().ifPresent(latency -> health.withDetail("latencyMillis", latency.toMillis()));
        state.details()
                .ifPresent(last -> health.withDetail("detailsFailedAt", last.at())
                        .withDetail("detailsReason", last.reason().name().toLowerCase(Locale.ROOT)));
        return health.withDetail("resting", state.isResting()).build();
    }
}
