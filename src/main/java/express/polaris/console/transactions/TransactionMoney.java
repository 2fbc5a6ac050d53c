package express.polaris.console.transactions;

import express.polaris.billing.cost.Coverage;
import express.polaris.billing.cost.ExplainedCost;
import express.polaris.billing.cost.PriceGaps;
import express.polaris.billing.cost.SessionCostService;
import express.polaris.billing.invoicing.InvoiceService;
import express.polaris.billing.plans.PlanNames;
import express.polaris.billing.plans.SubscriptionService;
import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.sessions.ChargingSession;
import express.polaris.web.views.CostLineWords;
import express.polaris.web.views.PriceGapWords;
import java.util.List;
import java.util.Optional;
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

    TransactionPage.Cost view(ChargingSession session, Optional<ExplainedCost> explained, Texts texts, Format format) {
        var cost = explained.map(ExplainedCost::cost).orElseGet(costs::unknown);
        var plans = explained
                .flatMap(known -> session.driver())
                .map(subscriptions::planNames)
                .orElse(PlanNames.NONE);
        return new TransactionPage.Cost(
                cost,
                new CostLineWords(texts, format, plans).of(cost.lines()),
                cost.coverage() == Coverage.UNKNOWN
                        ? new PriceGapWords(texts, format, PriceGapWords.Reader.OPERATOR)
                                .of(explained.map(known -> gaps.of(session)).orElse(List.of()))
                        : List.of(),
                invoices.ofSessions(List.of(session.id())).getOrDefault(session.id(), List.of()));
    }
}
