package express.polaris.platform.database;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Health detail {@code db}: answers at once, also when the database does not. Replaces Spring Boot's. */
@Component
class DbHealthIndicator implements HealthIndicator {

    private final DatabaseAvailability availability;

    DbHealthIndicator(DatabaseAvailability availability) {
        this.availability = availability;
    }

    @Override
    public Health health() {
        return (availability.isAway() ? Health.down() : Health.up()).build();
    }
}
