package express.polaris.billing;

import express.polaris.units.Money;
import java.util.List;
import java.util.Map;

/**
 * What a session costs, in all and step by step.
 *
 * @param tiers of the periods it lies in, where the plan has tiers; oldest period first
 * @param events by position, unrounded; zero for an event without energy, none for one that cannot be priced
 */
public record ExplainedCost(SessionCost cost, List<TierShare> tiers, Map<Integer, Money> events) {

    public ExplainedCost {
        tiers = List.copyOf(tiers);
    }
}
