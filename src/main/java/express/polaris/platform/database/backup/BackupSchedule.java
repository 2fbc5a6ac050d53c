package express.polaris.platform.database.backup;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * When the nightly backup is due: once per calendar day of the zone. A time that the change to summer time skips is
 * replaced by the one as long after the gap as it is after the gap's beginning; one that comes twice counts the first
 * time.
 */
record BackupSchedule(LocalTime time, ZoneId zone) {

    /** Latest due time that is not after now. */
    Instant last(Instant now) {
        var today = now.atZone(zone).toLocalDate();
        var due = today.atTime(time).atZone(zone).toInstant();
        return due.isAfter(now) ? today.minusDays(1).atTime(time).atZone(zone).toInstant() : due;
    }

    /** First due time after now. */
    Instant next(Instant now) {
        var today = now.atZone(zone).toLocalDate();
        var due = today.atTime(time).atZone(zone).toInstant();
        return due.isAfter(now)
                ? due
                : today.plusDays(1).atTime(time).atZone(zone).toInstant();
    }
}
