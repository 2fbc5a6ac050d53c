package express.polaris.billing.tariffs;

import express.polaris.platform.sql.SqlTime;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Repository of {@code holidays}. */
@Repository
class HolidayRepository {

    private final JdbcClient jdbc;

    HolidayRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Holiday and the time in which it counted as one.
     *
     * @param removedAt exclusive; empty while it counts
     */
    record Recorded(Holiday holiday, Instant recordedAt, Optional<Instant> removedAt) {

        boolean countedAt(Optional<Instant> asOf) {
            return asOf.map(at -> !recordedAt.isAfter(at)
                            && removedAt.filter(end -> !end.isAfter(at)).isEmpty())
                    .orElse(removedAt.isEmpty());
        }
    }

    /** Lists the holidays with all that were removed, by day. */
    List<Recorded> all() {
        return jdbc.sql("select day, name, recorded_at, removed_at from holidays order by day, id")
                .query((row, number) -> new Recorded(
                        new Holiday(row.getObject("day", LocalDate.class), row.getString("name")),
                        SqlTime.required(row, "recorded_at"),
                        SqlTime.instant(row, "removed_at")))
                .list();
    }

    /** Lists the holidays of today's set, by day. */
    List<Holiday> current() {
        return jdbc.sql("select day, name from holidays where removed_at is null order by day")
                .query((row, number) -> new Holiday(row.getObject("day", LocalDate.class), row.getString("name")))
                .list();
    }

    /** Removes holidays; one that a clock ahead of this one has recorded, at its own instant. */
    void remove(Collection<Holiday> gone, Instant now) {
        jdbc.sql("""
            update holidays set removed_at = greatest(:now, recorded_at)
             where removed_at is null and day = any(:days::date[])
            """)
                .param("now", SqlTime.utc(now))
                .param(
                        "days",
                        gone.stream().map(holiday -> holiday.day().toString()).toArray(String[]::new))
                .update();
    }

    void add(Collection<Holiday> holidays, Instant now) {
        jdbc.sql("""
            insert into holidays (day, name, recorded_at)
            select day, name, :now from unnest(:days::date[], :names::text[]) as added (day, name)
            """)
                .param("now", SqlTime.utc(now))
                .param(
                        "days",
                        holidays.stream()
                                .map(holiday -> holiday.day().toString())
                                .toArray(String[]::new))
                .param("names", holidays.stream().map(Holiday::name).toArray(String[]::new))
                .update();
    }
}
