package express.polaris.metering;

import express.polaris.units.Energy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A power reading at an instant without energy makes an event of 0 kWh, but only a minute or more after the event before
 * it, and none after {@code Transaction.End}.
 */
final class PowerOnlySteps {

    static final Duration AT_MOST_EVERY = Duration.ofMinutes(1);

    private PowerOnlySteps() {}

    /** @param energyAt instants that have a reading of energy, whether or not it made an event */
    static List<Step> weave(
            MeteredTransaction transaction,
            List<Step> energySteps,
            Collection<MeterReading> powers,
            Set<Instant> energyAt) {
        var woven = new ArrayList<Step>(energySteps.size());
        int nextEnergy = 0;
        for (var power : powers) {
            while (nextEnergy < energySteps.size()
                    && !energySteps.get(nextEnergy).at().isAfter(power.at())) {
                woven.add(energySteps.get(nextEnergy++));
            }
            boolean ended = !woven.isEmpty() && woven.getLast().kind() == Step.Kind.END;
            var lastAt =
                    woven.isEmpty() ? transaction.startedAt() : woven.getLast().at();
            boolean due = Duration.between(lastAt, power.at()).compareTo(AT_MOST_EVERY) >= 0;
            if (due && !ended && !energyAt.contains(power.at())) {
                var level = woven.isEmpty()
                        ? transaction.startValue()
                        : woven.getLast().to();
                woven.add(new Step(
                        Step.Kind.POWER_ONLY,
                        power.at(),
                        level,
                        level,
                        Energy.ZERO,
                        Set.of(),
                        Optional.of(power),
                        lastAt,
                        Optional.empty()));
            }
        }
        woven.addAll(energySteps.subList(nextEnergy, energySteps.size()));
        return woven;
    }
}
