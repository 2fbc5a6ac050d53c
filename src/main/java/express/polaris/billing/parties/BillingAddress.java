package express.polaris.billing.parties;

import java.util.Optional;

/**
 * Where a driver's invoices go.
 *
 * @param name the person, or the company's name
 * @param vatId VAT identification number with its country prefix
 * @param orderReference the driver's own reference for the order
 */
public record BillingAddress(
        Recipient.Kind kind,
        String name,
        PostalAddress address,
        Optional<String> vatId,
        Optional<String> orderReference) {}
