package express.polaris.billing.cost;

import express.polaris.units.Energy;
import express.polaris.units.Money;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Usage of one local day.
 *
 * @param cost unrounded; empty when some of its energy has no price
 */
public record UsageDay(LocalDate date, Energy energy, Optional<Money> cost) {}
