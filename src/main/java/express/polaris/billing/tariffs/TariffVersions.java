package express.polaris.billing.tariffs;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Repository of {@code tariff_version}: begins every change of what prices depend on. */
@Repository
class TariffVersions {

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    TariffVersions(JdbcClient jdbc, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    long current() {
        return jdbc.sql("select version from tariff_version")
                .query((row, number) -> row.getLong(1))
                .single();
    }

    /** Waits for other changes; the caller looks at the stored state after this, and then begins its change if any. */
    void lock() {
        jdbc.sql("select version from tariff_version for update")
                .query((row, number) -> row.getLong(1))
                .single();
    }

    /**
     * Raises the version and makes the kept prices of these codes be forgotten.
     *
     * @return the instant from which the change holds, after everything that invoices have sealed so far
     */
    Instant begin(Set<String> codes) {
        jdbc.sql("update tariff_version set version = version + 1").update();
        return changed(codes);
    }

    /** Like {@link #begin}, for a change of prices that no node keeps in memory. */
    Instant changed(Set<String> codes) {
        events.publishEvent(new TariffChanged(codes));
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
