package express.polaris.console;

import express.polaris.chargers.Charger;
import express.polaris.sessions.ChargingStatistics.Activity;
import express.polaris.web.Shell;
import java.util.List;

/**
 * The page {@code /operator/chargers/{chargeBoxId}}.
 *
 * @param charger as it is stored
 * @param form as it was typed
 * @param types what connector types are called elsewhere here
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
        Utilisation utilisation) {}
