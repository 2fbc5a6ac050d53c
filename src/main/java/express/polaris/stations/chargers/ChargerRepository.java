package express.polaris.stations.chargers;

import express.polaris.platform.sql.SqlTime;
import express.polaris.units.Power;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Repository of {@code chargers} and {@code connectors}. */
@Repository
class ChargerRepository {

    private static final String COLUMNS = """
        c.id, c.charge_box_id, c.name, c.public_id, c.location, k.connector_id, k.type, k.max_kw
        """;

    private final JdbcClient jdbc;

    ChargerRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Returns whether the charge box was new. */
    boolean insertIfAbsent(ChargeBoxId id, Instant now) {
        return jdbc.sql("""
            insert into chargers (charge_box_id, name, created_at) values (:id, left(:id, 200), :now)
            on conflict (lower(charge_box_id)) do nothing
            """)
                        .param("id", id.value())
                        .param("now", SqlTime.utc(now))
                        .update()
                == 1;
    }

    void insertConnectorIfAbsent(ChargeBoxId id, int connectorId) {
        jdbc.sql("""
            insert into connectors (charger_id, connector_id)
            select c.id, :connector from chargers c where lower(c.charge_box_id) = lower(:id)
            on conflict (charger_id, connector_id) do nothing
            """).param("connector", connectorId).param("id", id.value()).update();
    }

    /** @throws org.springframework.dao.DuplicateKeyException when another charger has the public id */
    void update(ChargeBoxId id, String name, Optional<String> publicId, String location) {
        jdbc.sql("""
            update chargers set name = :name, public_id = :publicId, location = :location
            where lower(charge_box_id) = lower(:id)
            """)
                .param("name", name)
                .param("publicId", publicId.orElse(null))
                .param("location", location)
                .param("id", id.value())
                .update();
    }

    void replaceConnectors(ChargeBoxId id, List<Connector> connectors) {
        jdbc.sql("""
            delete from connectors k using chargers c
            where c.id = k.charger_id and lower(c.charge_box_id) = lower(:id)
            """).param("id", id.value()).update();
        for (var connector : connectors) {
            jdbc.sql("""
                insert into connectors (charger_id, connector_id, type, max_kw)
                select c.id, :connector, :type, :maxKw from chargers c where lower(c.charge_box_id) = lower(:id)
                on conflict (charger_id, connector_id) do update set type = excluded.type, max_kw = excluded.max_kw
                """)
                    .param("connector", connector.id())
                    .param("type", connector.type().orElse(null))
                    .param("maxKw", connector.max().map(Power::kilowatts).orElse(null), java.sql.Types.NUMERIC)
                    .param("id", id.value())
                    .update();
        }
    }

    Optional<Charger> find(ChargeBoxId id) {
        return jdbc.sql("select " + COLUMNS + """
            from chargers c left join connectors k on k.charger_id = c.id
            where lower(c.charge_box_id) = lower(:id)
            order by k.connector_id
            """).param("id", id.value()).query(chargers()).stream()
                .findFirst();
    }

    Optional<Charger> findByPublicId(String publicId) {
        return jdbc.sql("select " + COLUMNS + """
            from chargers c left join connectors k on k.charger_id = c.id
            where lower(c.public_id) = lower(:publicId)
            order by k.connector_id
            """).param("publicId", publicId).query(chargers()).stream()
                .findFirst();
    }

    List<Charger> list() {
        return jdbc.sql("select " + COLUMNS + """
            from chargers c left join connectors k on k.charger_id = c.id
            order by lower(c.name), lower(c.charge_box_id), k.connector_id
            """).query(chargers());
    }

    List<Charger> page(int limit, Optional<ChargeBoxId> after) {
        return jdbc.sql("select " + COLUMNS + """
            from (select * from chargers
                  where cast(:after as text) is null or lower(charge_box_id) > lower(:after)
                  order by lower(charge_box_id)
                  limit :limit) c
            left join connectors k on k.charger_id = c.id
            order by lower(c.charge_box_id), k.connector_id
            """)
                .param("after", after.map(ChargeBoxId::value).orElse(null))
                .param("limit", limit)
                .query(chargers());
    }

    Optional<Power> limitOf(ChargeBoxId id, int connectorId) {
        return jdbc.sql("""
            select k.max_kw from connectors k join chargers c on c.id = k.charger_id
            where lower(c.charge_box_id) = lower(:id) and k.connector_id = :connector and k.max_kw is not null
            """)
                .param("id", id.value())
                .param("connector", connectorId)
                .query(BigDecimal.class)
                .optional()
                .map(Power::ofKilowatts);
    }

    /** Groups rows by charger, in the order of each charger's first row. */
    private static ResultSetExtractor<List<Charger>> chargers() {
        return rows -> {
            var found = new LinkedHashMap<Long, Charger>();
            while (rows.next()) {
                var charger = charger(rows);
                found.merge(rows.getLong("id"), charger, ChargerRepository::together);
            }
            return List.copyOf(found.values());
        };
    }

    private static Charger together(Charger known, Charger next) {
        var connectors = new ArrayList<>(known.connectors());
        connectors.addAll(next.connectors());
        return new Charger(known.id(), known.name(), known.publicId(), known.location(), connectors);
    }

    private static Charger charger(ResultSet row) throws SQLException {
        return new Charger(
                new ChargeBoxId(row.getString("charge_box_id")),
                row.getString("name"),
                Optional.ofNullable(row.getString("public_id")),
                row.getString("location"),
                connector(row).stream().toList());
    }

    private static Optional<Connector> connector(ResultSet row) throws SQLException {
        int id = row.getInt("connector_id");
        if (row.wasNull()) {
            return Optional.empty();
        }
        return Optional.of(new Connector(
                id,
                Optional.ofNullable(row.getString("type")),
                Optional.ofNullable(row.getBigDecimal("max_kw")).map(Power::ofKilowatts)));
    }
}
