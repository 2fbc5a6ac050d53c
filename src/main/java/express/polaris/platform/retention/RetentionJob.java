package express.polaris.platform.retention;

import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Removes rows after their retention period, once an hour. It removes a few hundred at a time, so that no statement is
 * long. Safe on several nodes: each skips the rows that another one is removing. What cannot be removed is tried again
 * an hour later.
 */
@Component
class RetentionJob {

    private static final int AT_A_TIME = 500;

    private static final Logger log = LoggerFactory.getLogger(RetentionJob.class);

    private final List<ExpiringRows> kinds;
    private final Clock clock;

    RetentionJob(List<ExpiringRows> kinds, Clock clock) {
        this.kinds = List.copyOf(kinds);
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "PT15M", fixedDelayString = "PT1H")
    void removeExpired() {
        kinds.forEach(this::remove);
    }

    private void remove(ExpiringRows rows) {
        var before = clock.instant().minus(rows.keptFor());
        long total = 0;
        try {
            int removed;
            do {
                removed = rows.remove(before, AT_A_TIME);
                total += removed;
            } while (removed == AT_A_TIME);
        } catch (DataAccessException e) {
            log.warn("Cannot remove rows of {} from before {}; trying again in an hour", rows.table(), before, e);
        }
        if (total > 0) {
            log.info("Removed {} rows of {} from before {}", total, rows.table(), before);
        }
    }
}
