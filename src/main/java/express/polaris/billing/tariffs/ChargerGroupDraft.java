package express.polaris.billing.tariffs;

import express.polaris.platform.refusals.FaultCollector;
import express.polaris.stations.chargers.ChargeBoxId;
import express.polaris.stations.chargers.Charger;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Charger group as an operator gives it: the complete list of its charge boxes. */
public record ChargerGroupDraft(Optional<String> name, Optional<List<@Nullable String>> chargeBoxIds) {

    private static final int MOST = 10_000;
    private static final int LONGEST_QUOTE = 60;

    /** Returns the charge boxes; complete only without faults. */
    Set<ChargeBoxId> members(Function<ChargeBoxId, Optional<Charger>> known, FaultCollector faults) {
        var members = new LinkedHashSet<ChargeBoxId>();
        if (chargeBoxIds.isEmpty() || chargeBoxIds.get().size() > MOST) {
            faults.add("chargeBoxIds", TariffReason.MEMBERS.with(MOST));
            return members;
        }
        for (int place = 0; place < chargeBoxIds.get().size(); place++) {
            var field = "chargeBoxIds[" + place + "]";
            var text = Optional.ofNullable(chargeBoxIds.get().get(place)).orElse("");
            var charger = ChargeBoxId.parse(text).flatMap(known).map(Charger::id);
            if (charger.isEmpty()) {
                var quoted = text.substring(0, Math.min(LONGEST_QUOTE, text.length()));
                faults.add(field, TariffReason.NO_CHARGER.with(quoted));
            } else if (!members.add(charger.get())) {
                faults.add(field, TariffReason.TWICE.with(charger.get()));
            }
        }
        return members;
    }
}
