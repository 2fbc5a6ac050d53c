package express.polaris.console.transactions;

import express.polaris.console.PersonLink;
import express.polaris.metering.Dispute;
import express.polaris.sessions.events.EnergyDecision;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Both energies of a transaction and the operators' decisions about them.
 *
 * @param counts energy that counts, the sum of the events
 * @param steve SteVe's stop value − start value; absent while the session is live or without a usable stop value
 * @param measured energy along the path of the readings; absent before the first read
 * @param dispute absent when both agree, and after a decision
 * @param stake price of the difference; absent when unknown
 * @param reasons why the two differ, in the reader's language
 * @param history decisions, latest first
 * @param canDecide whether the session has ended
 * @param jump whether the session is live and its register rose by more than the connector can deliver
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

    /**
     * @param by absent when the account no longer exists
     */
    public record Decided(EnergyDecision.Use use, Energy energy, String reason, Instant at, Optional<PersonLink> by) {}

    /** SteVe's energy − measured energy; absent unless both exist. */
    public Optional<Energy> difference() {
        return steve.flatMap(number -> measured.map(number::minus));
    }

    /** Whether an operator has to decide. */
    public boolean isOpen() {
        return jump || dispute.isPresent();
    }

    public Optional<Decided> latest() {
        return history.stream().findFirst();
    }
}
