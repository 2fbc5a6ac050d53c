package express.polaris.chargers;

import express.polaris.accounts.AccountId;
import express.polaris.accounts.AuditLog;
import express.polaris.chargers.PutOutcome.Conflict;
import express.polaris.chargers.PutOutcome.Stored;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** {@link Chargers#put} in the name of an operator: what was done is in the audit log, or it was not done. */
@Service
public class OperatorChargers {

    private final Chargers chargers;
    private final AuditLog audit;

    OperatorChargers(Chargers chargers, AuditLog audit) {
        this.chargers = chargers;
        this.audit = audit;
    }

    /** As {@link #put}, for a charge box that is not known: a conflict, and no change, where it is. */
    @Transactional
    public PutOutcome add(AccountId operator, ChargeBoxId id, ChargerEdit edit) {
        var known = chargers.find(id);
        if (known.isPresent()) {
            return new Conflict(ChargerReason.KNOWN.with(known.get().id()));
        }
        return put(operator, id, edit);
    }

    /** See {@link Chargers#put}. */
    @Transactional
    public PutOutcome put(AccountId operator, ChargeBoxId id, ChargerEdit edit) {
        var outcome = chargers.put(id, edit);
        if (outcome instanceof Stored(Charger charger, boolean created)) {
            audit.record(
                    Optional.of(operator),
                    created ? "charger.add" : "charger.change",
                    "charge box " + charger.id(),
                    Map.of(
                            "name", charger.name(),
                            "publicId", charger.publicId().orElse(""),
                            "location", charger.location(),
                            "connectors", charger.connectors().size()));
        }
        return outcome;
    }
}
