package express.polaris.console;

import express.polaris.metering.Dispute;
import express.polaris.sessions.EnergyDecision;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Both numbers of a transaction's energy, and what operators decided about it.
 *
 * @param counts the sum of its events
 * @param steve SteVe's stop value − start value; absent while it is live, and without a usable stop value
 * @param measured along the path of the readings; absent before the first read
 * @param dispute absent where both agree, and after a decision
 * @param stake the price of the difference; absent where it cannot be told
 * @param reasons why they differ, in words
 * @param history decisions, the latest first
 * @param canDecide it is not live
 * @param jump its register rose by more than its connector can deliver, and it is live
 */
public record EnergyView(
        Energy counts,
        Optional<Energy> steve,
        Optional<Energy> measured,
        Optional<Dispute> dispute,
        Optional<Money> stake,
        List<String> reasons,
        List<Decided> history,
        boolean canDecide,
        boolean jump) {

    /** @param by absent where the account is not there any more */
    public record Decided(EnergyDecision.Use use, Energy energy, String reason, Instant at, Optional<PersonLink> by) {}

    /** SteVe's − measured; absent unless both are there. */
    public Optional<Energy> difference() {
        return steve.flatMap(number -> measured.map(number::minus));
    }

    /** Whether an operator's word is needed. */
    public boolean isOpen() {
        return jump || dispute.isPresent();
    }

    public Optional<Decided> latest() {
        return history.stream().findFirst();
    }
}
