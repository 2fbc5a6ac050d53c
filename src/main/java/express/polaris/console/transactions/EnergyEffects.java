package express.polaris.console.transactions;

import express.polaris.billing.cost.CostLine;
import express.polaris.billing.cost.ExplainedCost;
import express.polaris.billing.cost.SessionCost;
import express.polaris.billing.cost.SessionCostService;
import express.polaris.billing.invoicing.InvoiceService;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.events.EnergyDecisionService;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Effect of an energy decision on the session's price and on the next invoice. */
@Component
class EnergyEffects {

    private final EnergyDecisionService decisions;
    private final SessionCostService costs;
    private final InvoiceService invoices;

    EnergyEffects(EnergyDecisionService decisions, SessionCostService costs, InvoiceService invoices) {
        this.decisions = decisions;
        this.costs = costs;
        this.invoices = invoices;
    }

    /** Numbers of the invoices that contain the session, oldest first. */
    List<String> invoices(ChargingSession session) {
        return invoices.ofSessions(List.of(session.id())).getOrDefault(session.id(), List.of());
    }

    /** Empty for a live session. */
    Optional<EnergyPage.Effect> of(ChargingSession session, Energy energy) {
        var after = decisions.preview(session.id(), energy, decided -> costs.explained(decided));
        return after.map(explained -> {
            var price = explained.map(ExplainedCost::cost).orElseGet(costs::unknown);
            return new EnergyPage.Effect(
                    price.amounts().stream().map(Money::rounded).toList(), adjustment(session, price));
        });
    }

    private Optional<Money> adjustment(ChargingSession session, SessionCost after) {
        if (invoices(session).isEmpty()) {
            return Optional.empty();
        }
        return after.amount().map(amount -> amount.minus(invoiced(session, amount)));
    }

    /**
     * Sum of the session's priced lines in the currency of {@code like}. For a held session these are the lines that
     * are already invoiced.
     */
    private Money invoiced(ChargingSession session, Money like) {
        return new Money(
                costs.of(session).lines().stream()
                        .filter(line -> line.currency().equals(like.currency()))
                        .map(CostLine::amount)
                        .reduce(BigDecimal.ZERO, BigDecimal::add),
                like.currency());
    }
}
