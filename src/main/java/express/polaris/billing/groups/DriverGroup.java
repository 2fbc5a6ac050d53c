package express.polaris.billing.groups;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * Group of drivers.
 *
 * @param code used in addresses and by the API; never changes
 * @param discountPercent from 0 to 100, with at most two decimals
 * @param planCode code of the plan that members get on request
 */
public record DriverGroup(String code, String name, BigDecimal discountPercent, Optional<String> planCode) {}
