package express.polaris.console;

import express.polaris.chargers.Charger;
import express.polaris.sessions.ChargingStatistics.Activity;
import express.polaris.web.FieldFaults;
import express.polaris.web.Shell;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The page {@code /operator/chargers/{chargeBoxId}}.
 *
 * @param charger as it is stored
 * @param form as it was typed
 * @param trust absent where both numbers of its sessions are compared
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
        Utilisation utilisation,
        Optional<Trust> trust) {

    /**
     * An operator's word that SteVe's number counts here.
     *
     * @param by absent where the account is not there any more
     */
    public record Trust(String reason, Optional<String> by, Instant at) {}
}
