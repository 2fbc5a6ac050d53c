package express.polaris.stations.chargers;

import express.polaris.accounts.AccountId;
import express.polaris.accounts.AuditLog;
import express.polaris.platform.refusals.Conflict;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** {@link ChargerService#put} on behalf of an operator; the change and its audit entry are one transaction. */
@Service
public class OperatorChargers {

    private final ChargerService chargers;
    private final AuditLog audit;

    OperatorChargers(ChargerService chargers, AuditLog audit) {
        this.chargers = chargers;
        this.audit = audit;
    }

    /**
     * Same as {@link #put}, for an unknown charge box.
     *
     * @throws Conflict if the charge box is known
     */
    @Transactional
    public Charger add(AccountId operator, ChargeBoxId id, ChargerEdit edit) {
        chargers.find(id).ifPresent(known -> {
            throw new Conflict(ChargerReason.KNOWN.with(known.id()));
        });
        return put(operator, id, edit).charger();
    }

    /** See {@link ChargerService#put}. */
    @Transactional
    public ChargerService.Stored put(AccountId operator, ChargeBoxId id, ChargerEdit edit) {
        var stored = chargers.put(id, edit);
        var charger = stored.charger();
        audit.record(
                Optional.of(operator),
                stored.created() ? "charger.add" : "charger.change",
                "charge box " + charger.id(),
                Map.of(
                        "name", charger.name(),
                        "publicId", charger.publicId().orElse(""),
                        "location", charger.location(),
                        "connectors", charger.connectors().size()));
        return stored;
    }
}
