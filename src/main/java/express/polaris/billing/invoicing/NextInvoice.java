package express.polaris.billing.invoicing;

import express.polaris.billing.groups.GroupDiscount;
import express.polaris.units.Money;
import java.util.Optional;

/**
 * Preview of the invoice for the current billing period.
 *
 * @param fee fee of the period, for the days the subscription is in force
 * @param net net amount if it were drawn up now, without VAT; empty when the price of the energy is unknown
 * @param discount discount of the driver's group on the energy and usage of the period
 */
public record NextInvoice(Money fee, Optional<Money> net, Optional<GroupDiscount> discount) {}
