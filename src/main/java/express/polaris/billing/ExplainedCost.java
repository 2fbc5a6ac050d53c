package express.polaris.billing;

import express.polaris.units.Money;
import java.util.Map;

/**
 * What a session costs, in all and step by step.
 *
 * @param events by position, unrounded; zero for an event without energy, none for one that cannot be priced
 */
public record ExplainedCost(SessionCost cost, Map<Integer, Money> events) {}
