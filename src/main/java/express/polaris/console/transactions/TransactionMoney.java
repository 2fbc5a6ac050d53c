package express.polaris.console.transactions;

import express.polaris.billing.cost.Coverage;
import express.polaris.billing.cost.ExplainedCost;
import express.polaris.billing.cost.PriceGaps;
import express.polaris.billing.cost.SessionCostService;
import express.polaris.billing.invoicing.InvoiceService;
import express.polaris.billing.plans.PlanNames;
import express.polaris.billing.plans.SubscriptionService;
import express.polaris.sessions.ChargingSession;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Cost of a transaction with its explanation, and the invoices that contain it. */
@Component
class TransactionMoney {

    private final SessionCostService costs;
    private final PriceGaps gaps;
    private final InvoiceService invoices;
    private final SubscriptionService subscriptions;

    TransactionMoney(
            SessionCostService costs, PriceGaps gaps, InvoiceService invoices, SubscriptionService subscriptions) {
        this.costs = costs;
        this.gaps = gaps;
        this.invoices = invoices;
        this.subscriptions = subscriptions;
    }

    Optional<ExplainedCost> explained(ChargingSession session) {
        return costs.explained(session);
    }

    TransactionPage.Cost view(ChargingSession session, Optional<ExplainedCost> explained) {
        var cost = explained.map(ExplainedCost::cost).orElseGet(costs::unknown);
        return new TransactionPage.Cost(
                cost,
                explained
                        .flatMap(known -> session.driver())
                        .map(subscriptions::planNames)
                        .orElse(PlanNames.NONE),
                cost.coverage() == Coverage.UNKNOWN ? gaps.of(session) : Set.of(),
                invoices.ofSessions(List.of(session.id())).getOrDefault(session.id(), List.of()));
    }
}
