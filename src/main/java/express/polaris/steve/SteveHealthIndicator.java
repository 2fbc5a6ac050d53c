package express.polaris.steve;

import java.util.Locale;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/** The health detail {@code steve}. It asks nothing: sync calls SteVe at least once a minute. */
@Component
class SteveHealthIndicator implements HealthIndicator {

    /** The portal works without SteVe: its state is told and does not make the whole unhealthy. */
    private static final Status AWAY = new Status("AWAY", "SteVe does not answer; the portal shows what is known");

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
                        .withDetail("reason", last.reason().name().toLowerCase(Locale.ROOT)));
        state.latency().ifPresent(latency -> health.withDetail("latencyMillis", latency.toMillis()));
        state.details()
                .ifPresent(last -> health.withDetail("detailsFailedAt", last.at())
                        .withDetail("detailsReason", last.reason().name().toLowerCase(Locale.ROOT)));
        return health.withDetail("resting", state.isResting()).build();
    }
}
