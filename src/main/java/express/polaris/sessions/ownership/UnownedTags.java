package express.polaris.sessions.ownership;

import express.polaris.platform.sql.SqlTime;
import express.polaris.sessions.SessionId;
import express.polaris.stations.cards.IdTag;
import express.polaris.units.Energy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** idTags with sessions without an owner. */
@Repository
public class UnownedTags {

    private static final String GROUPED = """
        select min(ocpp_id_tag) as id_tag, count(*) as sessions, coalesce(sum(energy_wh), 0) as energy_wh,
               min(started_at) as first, max(started_at) as last,
               (array_agg(steve_transaction_id order by started_at desc, steve_transaction_id desc))[1] as last_id
          from transaction_sync_state
        """;

    private final JdbcClient jdbc;

    UnownedTags(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Sessions of one idTag without an owner, by start. */
    public record Unowned(
            IdTag idTag, long sessions, Energy energy, Instant first, Instant last, SessionId lastSession) {}

    /** idTags with such sessions that started since then, latest first. */
    public List<Unowned> since(Instant since, int limit) {
        return jdbc.sql(GROUPED + """
                 where driver_id is null and started_at >= :since
                 group by lower(ocpp_id_tag)
                 order by last desc, last_id desc
                 limit :limit
                """)
                .param("since", SqlTime.utc(since))
                .param("limit", limit)
                .query(UnownedTags::unowned)
                .list();
    }

    /** All sessions of this idTag without an owner; empty if all of them have one. */
    public Optional<Unowned> of(IdTag idTag) {
        return jdbc.sql(GROUPED + """
                 where driver_id is null and lower(ocpp_id_tag) = lower(:tag)
                 group by lower(ocpp_id_tag)
                """)
                .param("tag", idTag.value())
                .query(UnownedTags::unowned)
                .optional();
    }

    private static Unowned unowned(ResultSet row, int number) throws SQLException {
        return new Unowned(
                new IdTag(row.getString("id_tag")),
                row.getLong("sessions"),
                Energy.ofWattHours(row.getBigDecimal("energy_wh")),
                SqlTime.required(row, "first"),
                SqlTime.required(row, "last"),
                new SessionId(row.getLong("last_id")));
    }
}
