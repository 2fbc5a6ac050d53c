package express.polaris.stations.chargers;

import express.polaris.platform.refusals.FaultCollector;
import express.polaris.platform.refusals.PlainText;
import express.polaris.units.Power;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Operator's input for a charger, not yet validated.
 *
 * @param publicId empty or blank = none
 * @param connectors the complete list; a connector that is left out is removed
 */
public record ChargerEdit(String name, Optional<String> publicId, String location, List<ConnectorEdit> connectors) {

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_PUBLIC_ID = 50;
    private static final int LONGEST_LOCATION = 500;
    private static final int LONGEST_TYPE = 50;
    private static final int HIGHEST_CONNECTOR = 1000;
    private static final int MOST_CONNECTORS = 100;
    private static final BigDecimal HIGHEST_KW = BigDecimal.valueOf(10_000);
    private static final int KW_DECIMALS = 3;

    /**
     * @param type empty or blank = unknown
     * @param maxKw kW; empty = unknown
     */
    public record ConnectorEdit(int id, Optional<String> type, Optional<BigDecimal> maxKw) {}

    public ChargerEdit {
        name = name.strip();
        publicId = publicId.map(String::strip).filter(text -> !text.isEmpty());
        location = location.strip();
        connectors = List.copyOf(connectors);
    }

    /** All faults at once. */
    FaultCollector faults() {
        var faults = new FaultCollector();
        if (name.isEmpty()) {
            faults.add("name", ChargerReason.NO_NAME.with());
        }
        checkText("name", name, LONGEST_NAME, faults);
        publicId.ifPresent(text -> checkText("publicId", text, LONGEST_PUBLIC_ID, faults));
        checkText("location", location, LONGEST_LOCATION, faults);
        if (connectors.size() > MOST_CONNECTORS) {
            faults.add("connectors", ChargerReason.CONNECTORS.with(connectors.size(), MOST_CONNECTORS));
            return faults;
        }
        var seen = new HashSet<Integer>();
        for (int i = 0; i < connectors.size(); i++) {
            checkConnector("connectors[" + i + "]", connectors.get(i), seen, faults);
        }
        return faults;
    }

    List<Connector> checkedConnectors() {
        return connectors.stream()
                .map(c -> new Connector(
                        c.id(),
                        c.type().map(String::strip).filter(text -> !text.isEmpty()),
                        c.maxKw().map(Power::ofKilowatts)))
                .toList();
    }

    private static void checkConnector(
            String field, ConnectorEdit connector, HashSet<Integer> seen, FaultCollector faults) {
        if (connector.id() < 1 || connector.id() > HIGHEST_CONNECTOR) {
            faults.add(field + ".id", ChargerReason.CONNECTOR_RANGE.with(HIGHEST_CONNECTOR, connector.id()));
        } else if (!seen.add(connector.id())) {
            faults.add(field + ".id", ChargerReason.CONNECTOR_TWICE.with(connector.id()));
        }
        connector.type().ifPresent(text -> checkText(field + ".type", text, LONGEST_TYPE, faults));
        connector
                .maxKw()
                .filter(kw -> kw.signum() <= 0
                        || kw.compareTo(HIGHEST_KW) > 0
                        || kw.stripTrailingZeros().scale() > KW_DECIMALS)
                .ifPresent(kw -> faults.add(field + ".maxKw", ChargerReason.LIMIT.with(HIGHEST_KW, KW_DECIMALS)));
    }

    private static void checkText(String field, String text, int longest, FaultCollector faults) {
        if (PlainText.length(text) > longest || !PlainText.isPrintable(text)) {
            faults.add(field, ChargerReason.TEXT.with(longest));
        }
    }
}
