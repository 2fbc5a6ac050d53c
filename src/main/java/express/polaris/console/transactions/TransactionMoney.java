package express.polaris.console.transactions;

import express.polaris.billing.cost.Coverage;
import express.polaris.billing.cost.ExplainedCost;
import express.polaris.billing.cost.PriceGaps;
import express.polaris.billing.cost.SessionCosts;
import express.polaris.billing.invoicing.Invoices;
import express.polaris.sessions.ChargingSession;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Cost of a transaction with its explanation, and the invoices that contain it. */
@Component
record TransactionMoney(SessionCosts costs, PriceGaps gaps, Invoices invoices) {

    Optional<ExplainedCost> explained(ChargingSession session) {
        return costs.explained(session);
    }

    TransactionPage.Cost view(ChargingSession session, Optional<ExplainedCost> explained) {
        var cost = explained.map(ExplainedCost::cost).orElseGet(costs::unknown);
        return new TransactionPage.Cost(
                cost,
                cost.coverage() == Coverage.UNKNOWN ? gaps.of(session) : Set.of(),
                invoices.ofSessions(List.of(session.id())).getOrDefault(session.id(), List.of()));
    }
}
