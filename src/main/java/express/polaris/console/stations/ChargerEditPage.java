package express.polaris.console.stations;

import express.polaris.sessions.statistics.ChargingStatistics.Activity;
import express.polaris.stations.chargers.Charger;
import express.polaris.web.FieldFaults;
import express.polaris.web.Shell;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Page {@code /operator/chargers/{chargeBoxId}}.
 *
 * @param charger charger as stored
 * @param form form fields as typed
 * @param trust absent while both energies of its sessions are compared
 * @param types connector types to suggest
 */
public record ChargerEditPage(
        Shell shell,
        String href,
        Charger charger,
        Activity activity,
        ChargerForm form,
        FieldFaults faults,
        List<String> types,
        List<ChargerLabel> labels,
        Utilisation utilisation,
        Optional<Trust> trust) {

    /**
     * Decision of an operator that SteVe's energy counts at this charger.
     *
     * @param by absent when the account no longer exists
     */
    public record Trust(String reason, Optional<String> by, Instant at) {}
}
