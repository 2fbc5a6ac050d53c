package express.polaris.sessions;

import express.polaris.stations.chargers.ChargeBoxId;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Connectors with a live session, regardless of its owner. A connector without one is not necessarily free. */
@Repository
public class OpenConnectors {

    private final JdbcClient jdbc;

    OpenConnectors(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public record OpenConnector(ChargeBoxId chargeBoxId, int connectorId) {}

    /** Connectors with a transaction that is active in SteVe. */
    public Set<OpenConnector> all() {
        return jdbc
                .sql("select distinct charge_box_id, connector_id from transaction_sync_state where not is_finalized")
                .query((row, number) -> new OpenConnector(new ChargeBoxId(row.getString(1)), row.getInt(2)))
                .list()
                .stream()
                .collect(Collectors.toUnmodifiableSet());
    }
}
