package express.polaris.console;

import express.polaris.billing.ExplainedCost;
import express.polaris.billing.Invoices;
import express.polaris.billing.PriceGaps;
import express.polaris.billing.SessionCosts;
import express.polaris.sessions.ChargingSession;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What a transaction costs and why, and where it is invoiced. */
@Component
record TransactionMoney(SessionCosts costs, PriceGaps gaps, Invoices invoices) {

    Optional<ExplainedCost> explained(ChargingSession session) {
        return costs.explained(session);
    }

    TransactionPage.Cost view(ChargingSession session, Optional<ExplainedCost> explained) {
        return new TransactionPage.Cost(
                explained.map(ExplainedCost::cost).orElseGet(costs::unknown),
                gaps.of(session),
                invoices.ofSessions(List.of(session.id())).getOrDefault(session.id(), List.of()));
    }
}
