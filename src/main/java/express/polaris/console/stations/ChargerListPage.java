package express.polaris.console.stations;

import express.polaris.sessions.statistics.ChargingStatistics.Activity;
import express.polaris.stations.chargers.Charger;
import express.polaris.web.FieldFaults;
import express.polaris.web.Shell;
import java.util.List;
import java.util.Optional;

/**
 * Page {@code /operator/chargers}.
 *
 * @param nextHref absent on the last page
 */
public record ChargerListPage(
        Shell shell, String query, List<Row> rows, Optional<String> nextHref, NewCharger form, FieldFaults faults) {

    /**
     * @param activity activity of the last 30 days
     */
    public record Row(String href, Charger charger, Activity activity) {}

    /** Form for adding a charge box, as typed. */
    public record NewCharger(String chargeBoxId, String name, String location) {

        static final NewCharger EMPTY = new NewCharger("", "", "");
    }
}
