package express.polaris.billing;

import express.polaris.units.Money;
import java.util.Optional;

/**
 * The invoice of the billing period that goes on, as far as it is known.
 *
 * @param fee the period's own, for the days in which the subscription is in force
 * @param net what the invoice would come to without VAT if it were drawn up now; empty where the price of the energy is
 *     not known
 */
public record NextInvoice(Money fee, Optional<Money> net) {}
