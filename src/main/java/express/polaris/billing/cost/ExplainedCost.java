package express.polaris.billing.cost;

import express.polaris.units.Money;
import java.util.List;
import java.util.Map;

/**
 * Cost of a session, in total and step by step.
 *
 * @param tiers for billing periods whose plan has tiers; oldest period first
 * @param events cost by position, unrounded; zero for an event without energy, absent for one that cannot
 *     be priced
 */
public record ExplainedCost(SessionCost cost, List<TierShare> tiers, Map<Integer, Money> events) {

    public ExplainedCost {
        tiers = List.copyOf(tiers);
    }
}
