package express.polaris.platform.database.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In 2026 Berlin's clocks go from 02:00 to 03:00 on 29 March, and from 03:00 to 02:00 on 25 October. */
class BackupScheduleTest {

    private static final BackupSchedule HALF_PAST_TWO =
            new BackupSchedule(LocalTime.of(2, 30), ZoneId.of("Europe/Berlin"));

    @ParameterizedTest
    @CsvSource({
        // an ordinary day: 02:30 is 01:30Z in winter
        "2026-01-10T01:29:59Z, 2026-01-09T01:30:00Z, 2026-01-10T01:30:00Z",
        "2026-01-10T01:30:00Z, 2026-01-10T01:30:00Z, 2026-01-11T01:30:00Z",
        // 02:30 is skipped: half an hour after the gap's beginning is half an hour after 03:00, 01:30Z
        "2026-03-29T01:29:00Z, 2026-03-28T01:30:00Z, 2026-03-29T01:30:00Z",
        "2026-03-29T01:31:00Z, 2026-03-29T01:30:00Z, 2026-03-30T00:30:00Z",
        // 02:30 comes at 00:30Z and at 01:30Z: once, the first time
        "2026-10-25T00:30:00Z, 2026-10-25T00:30:00Z, 2026-10-26T01:30:00Z",
        "2026-10-25T01:31:00Z, 2026-10-25T00:30:00Z, 2026-10-26T01:30:00Z"
    })
    void eachDayHasOneBackup(Instant now, Instant last, Instant next) {
        assertThat(HALF_PAST_TWO.last(now)).isEqualTo(last);
        assertThat(HALF_PAST_TWO.next(now)).isEqualTo(next);
    }
}
