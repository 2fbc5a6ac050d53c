package express.polaris.billing.groups;

import java.math.BigDecimal;

/**
 * Discount of a drivers' group on energy and usage.
 *
 * @param name name of the group
 * @param percent above 0, at most 100
 */
public record GroupDiscount(String name, BigDecimal percent) {}
